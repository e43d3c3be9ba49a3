import { usualReferenceRules } from '../../../../nodes/Planhat/readers/referenceRules.ts';
import type { Place } from '../../../../nodes/Planhat/readers/reading.ts';
import type { TenantUser } from '../../../../nodes/Planhat/tenant/users.ts';
import type { Field, FieldType } from '../../../../nodes/Planhat/resources/types.ts';

export const kim = '61006bc89a3e0b702ed8ea49';
export const lee = '61006bc89a3e0b702ed8ea50';

export const gone = '61006bc89a3e0b702ed8ea51';

const users = new Map<string, TenantUser[]>([
	['kim@example.com', [{ _id: kim, name: 'Kim' }]],
	['lee@example.com', [{ _id: lee }]],
	['gone@example.com', [{ _id: gone, isInactive: true }]],
	['twin@example.com', [{ _id: kim }, { _id: lee }]],
]);

/** A column whose values are read: its tenant knows Kim and Lee, and two users with the email of a twin. */
export function placeOf(type: FieldType, field: Partial<Field> = {}, place: Partial<Place> = {}): Place {
	return {
		field: { name: 'start', type, description: '', ...field },
		source: '$json.start',
		zone: 'Europe/Stockholm',
		hasCommas: false,
		usersBy: (naming) => users.get(naming.trim().toLowerCase()) ?? [],
		by: usualReferenceRules,
		find: () => [],
		...place,
	};
}
