import { conditions, firstIdIn } from './requests.mjs';

/** Requests that are near the others, in which something is not as the model has it: played as those, but not measured. */
export const nearRequests = [
	{
		asks: 'How healthy is Nordlict Labs, misspelled?',
		calls: [
			() => ['Get company', { Company: 'Nordlict Labs' }],
			([said]) => ['Get company', { Company: firstIdIn(said) }],
		],
		found: [/Similar: Nordlicht Labs/, /"health":"4 of 10"/],
	},
	{
		asks: 'Which customers has Cora Delta3 not spoken with for 30 days, of whom some were never spoken with?',
		calls: [
			() => [
				'List companies',
				{ Owner: 'Cora Delta3', Conditions: conditions(['lastTouch', 'before', '30 days ago']) },
			],
			() => [
				'List companies',
				{ Owner: 'Cora Delta3', Conditions: conditions(['lastTouch', 'isEmpty']), Fields: 'name, phase' },
			],
		],
		found: [/No company matches\. \d+ more companies have no lastTouch \(isEmpty\)/, /"name":"[A-Z][a-z]+ [A-Z]/],
	},
	{
		asks: 'When was Nordlicht Labs contacted last, in words of its own?',
		calls: [
			() => [
				'List companies',
				{ Conditions: conditions(['name', 'equals', 'Nordlicht Labs']), Fields: 'name, last contact' },
			],
			() => [
				'List companies',
				{ Conditions: conditions(['name', 'equals', 'Nordlicht Labs']), Fields: 'name, lastTouch' },
			],
		],
		found: [/'last contact' is no field of companies; there are .*'lastTouch'/, /"lastTouch":"\d{4}-/],
	},
	{
		asks: 'nordlicht labs is in the phase Lost, not as it is written.',
		calls: [
			() => ['Update company', { Company: 'nordlicht labs', Name_to_Confirm: 'nordlicht labs', Phase: 'Lost' }],
			() => ['Update company', { Company: 'Nordlicht Labs', Name_to_Confirm: 'Nordlicht', Phase: 'Lost' }],
		],
		found: [/No company is called 'nordlicht labs'\. Similar: Nordlicht Labs/, /so nothing was done/],
	},
];
