import type {
	DocumentDefinition,
	FieldDefinition,
	FieldValue,
	Wire,
	WireElement,
	XeroDocument,
} from './definition';
import { fieldInSlot } from './modelFields';
import { readFields, readId, readText } from './reading';
import { isElement, property } from './wireSlots';
import type { WireSlot } from './wireSlots';

type Entry = Omit<
	DocumentDefinition,
	| 'read'
	| 'wire'
	| 'isContact'
	| 'hasContact'
	| 'isNumberedByThem'
	| 'amounts'
	| 'can'
	| 'lineFields'
	| 'canBeUpdated'
	| 'editableWhenPaid'
	| 'link'
	| 'scope'
> & {
	readonly wire: Omit<Wire, keyof typeof OF_ALL>;
	/** Name of what a person knows it by. */
	readonly numberName?: string;
};

/** What all elements of the Projects API have in common. */
const OF_ALL = {
	api: 'projects',
	fixed: {},
	contact: undefined,
	lines: undefined,
	alwaysSent: [],
	hasIdInElement: false,
	isSentWhole: true,
	answeredIn: 'itself',
} as const satisfies Partial<Wire>;

/** Whose it is, of what lies in a project. */
export const ITS_PROJECT: FieldDefinition = fieldInSlot(
	'projectId',
	{
		label: 'Project Name or ID',
		kind: 'id',
		byName: true,
		usual: true,
		requiredToCreate: true,
		alsoCalled: ['project', 'project id'],
	},
	property('projectId'),
);

/** What lies in a project is found by reading all of its kind there. */
export function listedInProject(key: string, resource: string): DocumentDefinition['lookup'] {
	return {
		ids: { by: 'all' },
		values: { [key]: { by: 'all' } },
		query: {},
		hasSearch: false,
		pageSize: 500,
		takesPageSize: true,
		listName: 'items',
		listPath: (projectId) => `/Projects/${projectId}/${resource}`,
	};
}

/** A registry entry of the Projects API, whose elements are in camel case. */
export function projectDocument(entry: Entry): DocumentDefinition {
	const { numberName, ...definition } = entry;
	const read = (element: WireElement): XeroDocument => ({
		type: definition.type,
		id: readId(element, definition.wire.idName) ?? '',
		number: numberName ? readText(element, numberName) : undefined,
		status: readText(element, 'status'),
		contactId: readId(element, 'contactId'),
		fields: readFields(definition.fields, element),
	});
	return {
		...definition,
		wire: { ...OF_ALL, ...definition.wire },
		scope: 'projects',
		isContact: false,
		hasContact: false,
		isNumberedByThem: false,
		amounts: { sideOf: () => undefined, takesUnitPlaces: false, mustBalance: false },
		can: {
			takeFiles: false,
			keepHistory: false,
			beEmailed: false,
			showFilesOnline: false,
			bePaid: false,
			beApprovedBy: undefined,
		},
		lineFields: undefined,
		canBeUpdated: true,
		editableWhenPaid: [],
		link: (_id, shortCode) =>
			shortCode ? `https://go.xero.com/app/${shortCode}/projects` : 'https://projects.xero.com',
		read,
	};
}

/** A day that the API wants as an instant: midnight UTC of that day. */
export function dayAsInstant(slot: WireSlot): WireSlot {
	return {
		get: (element) => slot.get(element),
		put: (element, value) =>
			slot.put(element, typeof value === 'string' ? `${value}T00:00:00Z` : value),
	};
}

/** An amount that is sent as a plain number, and comes back as `{ currency, value }` elsewhere. */
export function amountSlot(sentAs: string, answeredAs: string): WireSlot {
	return {
		get: (element) => {
			const answered = element[answeredAs];
			if (isElement(answered)) return answered.value;
			const sent = element[sentAs];
			return isElement(sent) ? sent.value : sent;
		},
		put: (element, value) => {
			element[sentAs] = value;
		},
	};
}

export function textValue(value: FieldValue | undefined): string {
	return typeof value === 'string' ? value : '';
}
