import { analyticsProbes } from './analyticsProbes.mts';
import {
	bulkResult,
	differs,
	held,
	heldIf,
	isRow,
	notKnown,
	success,
	type PlanhatRow,
	type WriteProbe,
} from './probing.mts';
import { recordProbes } from './recordProbes.mts';

function first(list: unknown): unknown {
	return Array.isArray(list) ? list[0] : undefined;
}

function custom(record: PlanhatRow): PlanhatRow {
	return isRow(record['custom']) ? record['custom'] : {};
}

/** One for each assumption that only a write settles. */
export const writeProbes: readonly WriteProbe[] = [
	{
		id: 'put-keeps-fields',
		ask: async (planhat, own) => {
			const asset = await own.asset({ serialNumber: 'one' });
			if (asset['serialNumber'] !== 'one') return notKnown('the field was not stored at all');
			await own.update('/assets', asset, { name: String(asset['externalId']) });
			const { serialNumber } = await planhat.fresh(`/assets/${String(asset['_id'])}`);
			return heldIf(serialNumber === 'one', 'a field that was not named is gone');
		},
	},
	{
		id: 'put-merges-custom',
		ask: async (planhat, own) => {
			const path = `/companies/${String(own.company['_id'])}`;
			await own.update('/companies', own.company, { custom: { n8nCheckOne: 'one' } });
			if (custom(await planhat.fresh(path))['n8nCheckOne'] !== 'one') {
				return notKnown('custom fields that nobody defined are not stored');
			}
			await own.update('/companies', own.company, { custom: { n8nCheckTwo: 'two' } });
			return heldIf(
				custom(await planhat.fresh(path))['n8nCheckOne'] === 'one',
				'a custom field that was not named is gone',
			);
		},
	},
	{
		id: 'null-clears',
		ask: async (planhat, own) => {
			const asset = await own.asset({ serialNumber: 'one' });
			if (asset['serialNumber'] !== 'one') return notKnown('the field was not stored at all');
			await own.update('/assets', asset, { serialNumber: null });
			const { serialNumber = '' } = await planhat.fresh(`/assets/${String(asset['_id'])}`);
			return heldIf(serialNumber === null || serialNumber === '', 'the field keeps its value');
		},
	},
	{
		id: 'duplicate-refused',
		ask: async (_planhat, own) => {
			const sourceId = own.assetRow()['externalId'];
			await own.asset({ sourceId });
			const { status, body } = await own.connection.send('POST', '/assets', { body: own.assetRow({ sourceId }) });
			if (status === 403) success({ status, body });
			return heldIf(status >= 400 && status < 500, 'a second record with the key was taken');
		},
	},
	{
		id: 'delete-by-prefix',
		ask: async (_planhat, own) => {
			const asset = await own.asset();
			const { status, body } = await own.connection.send('DELETE', `/assets/extid-${String(asset['externalId'])}`);
			if (status === 403) success({ status, body });
			if (status === 0 || status >= 500) return notKnown(`status ${status}`);
			const { status: after } = await own.connection.send('GET', `/assets/${String(asset['_id'])}`);
			return heldIf(after === 200, 'the record is deleted');
		},
	},
	{
		id: 'delete-answer',
		ask: async (_planhat, own) => {
			const asset = await own.asset();
			const body = success(await own.connection.send('DELETE', `/assets/${String(asset['_id'])}`));
			return heldIf(isRow(body) && 'deletedCount' in body, 'the answer is another one');
		},
	},
	{
		id: 'bulk-error-form',
		ask: async (_planhat, own) => {
			const entry = first(bulkResult(await own.bulk([{ ...own.assetRow(), name: undefined }]))['createdErrors']);
			if (entry === undefined) return notKnown('a row without a required field is not refused');
			return heldIf(typeof entry === 'string', `an entry is of the type ${typeof entry}`);
		},
	},
	{
		id: 'bulk-keys',
		ask: async (_planhat, own) => {
			const row = own.assetRow();
			const entry = first(bulkResult(await own.bulk([row]))['insertsKeys']);
			if (entry === undefined) return notKnown('insertsKeys has no entry');
			return heldIf(isRow(entry) && entry['externalId'] === row['externalId'], 'the key is not named');
		},
	},
	{
		id: 'bulk-order',
		ask: async (planhat, own) => {
			const asset = await own.asset();
			const row = { externalId: asset['externalId'], companyId: own.company['_id'], name: asset['name'] };
			bulkResult(await own.bulk(['one', 'two', 'three'].map((serialNumber) => ({ ...row, serialNumber }))));
			const { serialNumber } = await planhat.fresh(`/assets/${String(asset['_id'])}`);
			if (serialNumber === 'three') return held;
			return serialNumber === undefined
				? notKnown('the rows changed nothing')
				: differs('another row than the last wins');
		},
	},
	{
		id: 'bulk-unchanged',
		ask: async (_planhat, own) => {
			const { externalId, name, companyId } = await own.asset();
			const { nonupdates } = bulkResult(await own.bulk([{ externalId, name, companyId }]));
			return heldIf(nonupdates === 1, 'it is not counted there');
		},
	},
	{
		id: 'new-key-twice',
		ask: async (_planhat, own) => {
			const row = own.assetRow();
			const { created } = bulkResult(await own.bulk([row, { ...row, serialNumber: 'two' }]));
			return heldIf(created === 1, `${String(created)} records are made`);
		},
	},
	{
		id: 'blank-clears',
		ask: async (planhat, own) => {
			const asset = await own.asset({ serialNumber: 'one' });
			if (asset['serialNumber'] !== 'one') return notKnown('the field was not stored at all');
			await own.update('/assets', asset, { serialNumber: '' });
			const { serialNumber = '' } = await planhat.fresh(`/assets/${String(asset['_id'])}`);
			return heldIf(serialNumber === null || serialNumber === '', 'the field keeps its value');
		},
	},
	...recordProbes,
	...analyticsProbes,
];
