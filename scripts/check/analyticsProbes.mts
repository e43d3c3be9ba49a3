import { tenantTokenPlaceholder } from '../../nodes/Planhat/credential/settings.ts';
import { EarlyFinding, heldIf, isRow, notKnown, success, type Finding, type WriteProbe } from './probing.mts';

function needs(name: string): EarlyFinding {
	const finding: Finding = { outcome: 'skipped', why: `${name} is not given` };
	return new EarlyFinding(finding);
}

/** Probes through other tokens. What is posted names nobody who is there, so that it leaves nothing. */
export const analyticsProbes: readonly WriteProbe[] = [
	{
		id: 'bulk-forbidden',
		ask: async (_planhat, own, { limited }) => {
			if (limited === undefined) throw needs('PLANHAT_LIMITED_TOKEN');
			const { status, body } = await limited.send('PUT', '/assets', { body: [own.assetRow()] });
			if (status === 401) success({ status, body });
			if (status !== 403) return notKnown('PLANHAT_LIMITED_TOKEN may write assets');
			return heldIf(isRow(body) && 'permissionErrors' in body, 'no result object comes');
		},
	},
	{
		id: 'analytics-answer',
		ask: async (_planhat, own, { analytics }) => {
			if (analytics === undefined) throw needs('PLANHAT_TENANT_TOKEN');
			// Planhat drops an activity of nobody.
			const row = { action: String(own.company['externalId']) };
			const path = `/analytics/bulk/${tenantTokenPlaceholder}`;
			const body = success(await analytics.send('POST', path, { body: [row], host: 'analytics' }));
			return heldIf(body === '' || body === undefined || body === null, 'the answer has a body');
		},
	},
	{
		id: 'wrong-tenant-token',
		ask: async (_planhat, own, { stranger }) => {
			if (stranger === undefined) throw needs('PLANHAT_TENANT_TOKEN');
			const path = `/dimensiondata/${tenantTokenPlaceholder}`;
			const { status } = await stranger.send('POST', path, { body: [metricOfNobody(own.company)], host: 'analytics' });
			if (status === 0 || status >= 500) return notKnown(`status ${status}`);
			return heldIf(status === 401, `status ${status}`);
		},
	},
	{
		id: 'metric-unknown-target',
		ask: async (_planhat, own, { analytics }) => {
			if (analytics === undefined) throw needs('PLANHAT_TENANT_TOKEN');
			const path = `/dimensiondata/${tenantTokenPlaceholder}`;
			const rows = [metricOfNobody(own.company)];
			const body = success(await analytics.send('POST', path, { body: rows, host: 'analytics' }));
			const { errors = [], processed = 1 } = isRow(body) ? body : {};
			return heldIf(Array.isArray(errors) && errors.length === 0 && processed === 1, 'the row is not taken');
		},
	},
];

/** A value of a company that was never made. */
function metricOfNobody({ externalId }: Record<string, unknown>): Record<string, unknown> {
	return { dimensionId: 'n8ncheck', value: 1, model: 'Company', externalId: `${String(externalId)}-nobody` };
}
