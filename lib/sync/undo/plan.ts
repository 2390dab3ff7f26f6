import { dayInZone } from '../../dates';
import { shortCodeIn } from '../../xero/documents/accountingDocument';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { findElements } from '../../xero/lookups';
import { textOf } from '../check/draftValues';
import { isApproved } from '../check/approval';
import { correctedBy } from '../find/correctingNote';
import { changedLabel } from '../plan/changeWords';
import { findReversals } from '../reversal/findReversals';
import { DEFAULT_OPTIONS, type UpsertContext, type UpsertOptions } from '../upsertContext';
import { freeOrder } from './billed';
import { findOwnNotes, planCreditsBack } from './creditBack';
import type { Heeding } from './heedGuards';
import { judgeCreated } from './judgeCreated';
import { judgeUpdated } from './judgeUpdated';
import type { Judged, Judging } from './judging';
import { free, type Freed } from './paid';
import type { RanDocument } from './ranDocument';
import { UNDO_RULES, undoIssue } from './undoRules';
import { stop, type Standing, type Undoing } from './way';

export interface UndoOptions extends Heeding {
	/** Whether contacts that a run made are archived, which the API cannot take back. */
	readonly archivesContacts: boolean;
	/** A day of the user's own, `YYYY-MM-DD`, up to which the books are closed. */
	readonly booksClosedUntil?: string;
	/** Why, for credit notes. */
	readonly reason: string;
}

/** The options of the rooms that carry out what Undo plans. */
export function innerOptions({ booksClosedUntil }: UndoOptions): UpsertOptions {
	return {
		...DEFAULT_OPTIONS,
		contactPolicy: 'matchOnly',
		writePolicy: 'createOrUpdate',
		sourceLink: false,
		// What is given back was held against Xero before.
		accountantEdits: 'knackWins',
		...(booksClosedUntil === undefined ? {} : { booksClosedUntil }),
	};
}

/**
 * Plans how documents of one type are taken back. Reads only; throws ServiceFaultError.
 * @param freed what is taken off them in the same run; what these take off others is added
 */
export async function planType(
	context: UpsertContext,
	definition: DocumentDefinition,
	rans: readonly RanDocument[],
	freed: Freed,
	options: UndoOptions,
): Promise<Undoing[]> {
	const { settings, clock } = context;
	const inner = innerOptions(options);
	const isOfXero = ({ did }: RanDocument) => did === 'created' || did === 'updated';
	const standing = await readStanding(context, definition, rans.filter(isOfXero));
	const present = [...standing.values()].map(({ document }) => document);
	const judging: Judging = {
		settings,
		options: inner,
		today: dayInZone(clock.now(), settings.organisation.timeZone),
		archivesContacts: options.archivesContacts,
		freed,
		notes: await findOwnNotes(
			context,
			present.filter((each) => correctedBy(each) !== undefined && isApproved(definition, each)),
		),
		reversals: await reversalsOf(context, definition, [...standing.keys()]),
	};
	const judged = rans.map((ran) => judge(judging, ran, standing));
	const toCredit = judged.flatMap(({ way, document }) =>
		way.kind === 'toCredit' && document ? [document] : [],
	);
	const credits = await planCreditsBack(context, toCredit, inner, options.reason);
	return judged.map(({ way, ...each }): Undoing => {
		if (way.kind !== 'stop' && way.kind !== 'stays') freeOrder(freed, each.ran);
		const undoing = { allocations: [], issues: [], ...each };
		if (way.kind !== 'toCredit') {
			const isTaken = way.kind === 'status' || way.kind === 'delete';
			const own = standing.get(idOf(each.ran))?.document;
			if (isTaken && own) free(freed, definition, own);
			return { ...undoing, way };
		}
		const back = credits.get(each.document?.id ?? '');
		if (back && 'note' in back) return { ...undoing, way: { kind: 'credit', back } };
		return { ...undoing, way: { kind: 'stop', issues: back?.issues ?? [] } };
	});
}

/** What the run has changed of a contact that was there stays, and that is said. */
function withContactKept(judged: Judged): Judged {
	const { ran, way, issues = [] } = judged;
	if (way.kind === 'stop' || way.kind === 'stays' || way.kind === 'done') return judged;
	// Of a new document nothing was before; what it says of its contact stands there a second time.
	const changed = ran.outcomes.flatMap(({ changes = [] }) =>
		changes.filter(
			({ field, before }, index) =>
				field.startsWith('contact.') &&
				(before !== undefined || changes.findIndex((each) => each.field === field) < index),
		),
	);
	if (changed.length === 0) return judged;
	const labels = new Set(changed.map(({ field }) => changedLabel(ran.definition, field)));
	const stays = undoIssue(UNDO_RULES.notPossible, {
		message: `The run changed its contact too (${[...labels].join(', ')}), and that stays.`,
		fix: 'Look at the contact in Xero, and put it right there by hand; its History and Notes tell what was before.',
	});
	return { ...judged, issues: [...issues, { ...stays, severity: 'warn' }] };
}

function idOf({ left }: RanDocument): string {
	return left.id?.toLowerCase() ?? '';
}

function judge(
	judging: Judging,
	ran: RanDocument,
	standing: ReadonlyMap<string, Standing>,
): Judged {
	const own = standing.get(idOf(ran));
	const isWritten = ran.did === 'created' || ran.did === 'updated';
	if (isWritten && isOfAnother(judging.settings, ran)) {
		return {
			ran,
			way: stop(UNDO_RULES.otherOrganisation, {
				message: `The item is of another organisation than ${judging.settings.organisation.name}, where its document is not looked for.`,
				fix: 'Choose the organisation of that run under Organisation.',
			}),
		};
	}
	if (isWritten && !own && !isFindable(ran)) {
		return {
			ran,
			way: stop(UNDO_RULES.notPossible, {
				message: `The item does not tell what the ${ran.definition.label.toLowerCase()} belongs to, so it cannot be found in Xero.`,
				fix: 'Put it right in Xero by hand.',
			}),
		};
	}
	switch (ran.did) {
		case 'created':
			return withContactKept(judgeCreated(judging, ran, own));
		case 'updated':
			return judgeUpdated(judging, ran, own);
		case 'linked':
			return { ran, way: { kind: 'unlink' } };
		case 'nothing':
			return { ran, way: { kind: 'done', why: 'was not written by that run' } };
		case 'undone':
			return {
				ran,
				way: stop(UNDO_RULES.notPossible, {
					message:
						'The run was an undo itself, and what that took back is not brought back by another.',
					fix: 'Send the record again with Create or Update: empty the field for Message in Knack.',
				}),
			};
		case 'corrected':
			return {
				ran,
				way: stop(UNDO_RULES.issued, {
					message: `The run corrected the document by a credit note, and ${ran.left.number ?? 'a new one'} took its place: that is not taken back by a machine.`,
					fix: 'Correct it once more: put the record right in Knack and run Create or Update with "Correct by Credit Note" under Options.',
				}),
			};
		case 'unclear':
			return {
				ran,
				way: stop(UNDO_RULES.unclear, {
					message: 'The run ended in the middle of the record, so it is not known what is in Xero.',
					fix: 'Run the record again with Create or Update, which looks first. Undo what it makes; take out by Change Status what it finds.',
				}),
			};
	}
}

/** What is not in the organisation that was chosen may stand in that of the run. */
function isOfAnother({ organisation }: UpsertContext['settings'], { left }: RanDocument): boolean {
	const theirs = shortCodeIn(left.url ?? '');
	const { shortCode } = organisation;
	return theirs !== undefined && shortCode !== undefined && theirs !== shortCode;
}

/** What lives below another element is found with the id of that alone. */
function isFindable({ definition, changes }: RanDocument): boolean {
	const { lookup, wire } = definition;
	return (
		typeof lookup.listPath !== 'function' ||
		changes.some(({ field, after }) => field === wire.parentPath && textOf(after) !== undefined)
	);
}

async function readStanding(
	{ client }: UpsertContext,
	definition: DocumentDefinition,
	rans: readonly RanDocument[],
): Promise<ReadonlyMap<string, Standing>> {
	if (rans.length === 0) return new Map();
	const { parentPath } = definition.wire;
	const parentIds = rans.flatMap(({ changes }) =>
		changes.flatMap(({ field, after }) => (field === parentPath ? (textOf(after) ?? []) : [])),
	);
	const elements = await findElements(client, definition, {
		ids: rans.map(idOf),
		values: {},
		parentIds,
	});
	return new Map(
		elements.map((element): [string, Standing] => {
			const document = definition.read(element);
			return [document.id.toLowerCase(), { document, element }];
		}),
	);
}

async function reversalsOf(
	{ client }: UpsertContext,
	definition: DocumentDefinition,
	ids: readonly string[],
): Promise<Judging['reversals']> {
	const { reverses } = definition;
	return reverses && ids.length > 0
		? await findReversals(client, definition, reverses, ids)
		: new Map();
}
