/** How values name companies. */
export type CompanyBy = 'id' | 'externalId' | 'sourceId' | 'domain' | 'endUserEmail' | 'name';

/** How values name end users; an email is looked up in any case. */
export type EndUsersBy = 'id' | 'email' | 'externalId';

/** What to do with a reference to a record that Planhat does not have. */
export type UnknownReferences = 'fail' | 'leaveOut' | 'useFallback';

/** What to do with values that a field does not know; for a model, those that a list or a range tells alone. */
export type UnknownValues = 'warn' | 'send' | 'fail' | 'failListed';

/** What a user decides about the records that rows point at. */
export interface ReferenceRules {
	companyBy: CompanyBy;
	endUsersBy: EndUsersBy;
	unknown: UnknownReferences;
	/** ID or email of the user who takes the place of one who is unknown or deactivated. */
	fallbackUser?: string;
}

export const usualReferenceRules: ReferenceRules = { companyBy: 'id', endUsersBy: 'id', unknown: 'fail' };
