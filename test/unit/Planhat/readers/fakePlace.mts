import type { Place } from '../../../../nodes/Planhat/readers/reading.ts';
import type { Field, FieldType } from '../../../../nodes/Planhat/resources/types.ts';

export const kim = '61006bc89a3e0b702ed8ea49';
export const lee = '61006bc89a3e0b702ed8ea50';

const users = new Map([
	['kim@example.com', [{ _id: kim, name: 'Kim' }]],
	['lee@example.com', [{ _id: lee }]],
	['twin@example.com', [{ _id: kim }, { _id: lee }]],
]);

/** A column whose values are read: its tenant knows Kim and Lee, and two users with the email of a twin. */
export function placeOf(type: FieldType, field: Partial<Field> = {}, place: Partial<Place> = {}): Place {
	return {
		field: { name: 'start', type, description: '', ...field },
		source: '$json.start',
		zone: 'Europe/Stockholm',
		hasCommas: false,
		usersBy: (email) => users.get(email.trim().toLowerCase()) ?? [],
		...place,
	};
}
