import type { Model } from './types';
import { asset } from './asset';
import { automation } from './automation';
import { campaign } from './campaign';
import { churn } from './churn';
import { company } from './company';
import { conversation } from './conversation';
import { customField } from './customField';
import { deal } from './deal';
import { enduser } from './enduser';
import { invoice } from './invoice';
import { issue } from './issue';
import { license } from './license';
import { lineItem } from './lineItem';
import { metric } from './metric';
import { note } from './note';
import { nps } from './nps';
import { objective } from './objective';
import { opportunity } from './opportunity';
import { product } from './product';
import { project } from './project';
import { sale } from './sale';
import { task } from './task';
import { ticket } from './ticket';
import { timeEntry } from './timeEntry';
import { timesheet } from './timesheet';
import { user } from './user';
import { userActivity } from './userActivity';
import { workspace } from './workspace';

/** Every model of Planhat that the package knows, in the order of the list of resources. The one place that knows them. */
export const models: readonly Model[] = [
	asset,
	campaign,
	churn,
	company,
	conversation,
	customField,
	deal,
	enduser,
	invoice,
	issue,
	license,
	lineItem,
	metric,
	note,
	nps,
	objective,
	opportunity,
	product,
	project,
	sale,
	task,
	ticket,
	timeEntry,
	timesheet,
	user,
	userActivity,
	workspace,
];

/** What the node offers, in the order of the list of resources: the models, and what is none. */
export const resources: readonly Model[] = [...models, automation].sort((one, other) =>
	one.name.localeCompare(other.name),
);

/** Finds a model by the value of the parameter `resource`. */
export function modelOf(resource: string): Model | undefined {
	return models.find((model) => model.resource === resource);
}
