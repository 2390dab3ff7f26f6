import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { failed, ok, type Result } from '../../result';
import type { Issue } from '../../issue';
import { isRecord } from '../../sync/map/sampleShape';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { isFixed, isUnset, refuse } from '../parameters/parameter';
import type { ParameterReader } from '../parameters/reader';
import { DEFINITIONS } from './documents';
import { chosenMore, isChosen } from './nodeParameters';
import { chosenByRule, readRules, ruleCollection, type RuleList } from './ruleCollection';

/**
 * Documents that a record may become one or the other of: they are in the books, and have a contact
 * and lines, so that one mapping fits them all.
 */
const EXCHANGEABLE = DEFINITIONS.filter(
	({ hasContact, lineFields, lifecycle }) =>
		hasContact && lineFields !== undefined && lifecycle.posted !== undefined,
);

const LIST: RuleList = {
	displayName: 'Document Rules',
	name: 'documentRules',
	placeholder: 'Add Document Rule',
	description:
		'The first rule that fits a record says what it becomes. Document holds for those that none of them fits.',
	chooses: {
		displayName: 'Document',
		name: 'document',
		description:
			'What the record then becomes; it takes the fields that are mapped and that it has',
	},
};

const CHOICES = EXCHANGEABLE.map(({ label, type }) => ({ name: label, value: type }));

/** Rules that choose what a record becomes. */
export const DOCUMENT_RULES: INodeProperties = {
	...ruleCollection(LIST, CHOICES),
	displayOptions: {
		show: {
			document: CHOICES.map(({ value }) => value),
			operation: ['preview', 'upsert'],
			...chosenMore('documentRules'),
		},
	},
};

/**
 * The documents that records may become, the one that the node is set to among them; none where no
 * rules choose. Throws for a rule that is not filled in, or chooses what
 * is no document.
 */
export function readDocumentRules(
	context: IExecuteFunctions,
	definition: DocumentDefinition,
	operation: string,
	read: ParameterReader,
): { readonly count: number; readonly kinds: readonly DocumentDefinition[] } {
	const isOffered = EXCHANGEABLE.includes(definition) && ['preview', 'upsert'].includes(operation);
	if (!isOffered || !isChosen(read, 'documentRules')) return { count: 0, kinds: [] };
	const rules = readRules(context, LIST);
	rules.forEach((type, index) => {
		if (!isFixed(type) || EXCHANGEABLE.some((each) => each.type === type)) return;
		const within = `rule ${index + 1} under ${LIST.displayName}`;
		refuse('Document', type, 'no document that a record can become by rule', FIX, { within });
	});
	// One that an expression gives may be any of them.
	const isAny = rules.some((type) => !isFixed(type));
	const kinds = EXCHANGEABLE.filter(
		(each) => each === definition || isAny || rules.includes(each.type),
	);
	return { count: rules.length, kinds };
}

const FIX = `Choose one of: ${CHOICES.map(({ name, value }) => `${name} (${value})`).join(', ')}.`;

/** What an item becomes: by the first rule that fits, else what the node is set to. */
export function documentByRule(
	context: IExecuteFunctions,
	index: number,
	count: number,
	definition: DocumentDefinition,
): Result<DocumentDefinition, Issue> {
	const rule = chosenByRule(context, LIST, index, count);
	if (!rule) return ok(definition);
	const type = rule.value;
	const chosen = EXCHANGEABLE.find((each) => each.type === type);
	if (chosen) return ok(chosen);
	const given = isUnset(type) ? 'nothing' : `"${String(type)}"`;
	return failed({
		code: 'MAPPING_DOCUMENT_UNKNOWN',
		severity: 'block',
		field: 'document',
		message: `A rule under ${LIST.displayName} gives ${given}, which is no document that a record can become.`,
		fix: FIX,
	});
}

/** The documents that stored rules name, as far as they can be read: a form is shown all the same. */
export function kindsInRules(stored: unknown): DocumentDefinition[] {
	const entries = isRecord(stored) && Array.isArray(stored.entries) ? stored.entries : [];
	const named = new Set(entries.map((entry: unknown) => (isRecord(entry) ? entry.document : '')));
	return EXCHANGEABLE.filter(({ type }) => named.has(type));
}
