import { block, hold, warn, type CodesByStage } from './judgement';

/** Why Undo leaves something of a run as it is. */
export const UNDO_CODES = {
	undo: {
		UNDO_ITEM_UNREADABLE: block('Undo: the item is one that Map & Upsert to Xero gave'),
		UNDO_LOG_ALTERED: block('Undo: the Sync Log is as the run wrote it'),
		UNDO_LOG_INCOMPLETE: hold('Undo: the Sync Log has all that the run did'),
		UNDO_OTHER_ORGANISATION: block('Undo: the document is of the organisation that is chosen'),
		UNDO_OUTCOME_UNCLEAR: hold('Undo: it is known what the run did for the record'),
		UNDO_PAID: hold('Undo: nothing is paid or credited of the document'),
		UNDO_RECONCILED: hold('Undo: the money is not reconciled with the bank'),
		UNDO_CLOSED_PERIOD: hold('Undo: what was posted in a closed period can be put right today'),
		UNDO_ISSUED: hold('Undo: what the other side has can be put right by a credit note'),
		UNDO_EDITED: hold('Undo: the document is as the run left it'),
		UNDO_APPROVED: hold('Undo: the status that a document had can be given back'),
		UNDO_NOT_CREDITED: hold('Undo: a credit note can take the document back in full'),
		UNDO_NOT_POSSIBLE: hold('Undo: Xero lets the API take it back'),
		UNDO_KEPT_EDITS: warn('Undo: nobody has changed the fields since'),
		UNDO_STAYS_SENT: warn('Undo: the other side has not been sent the document'),
		UNDO_KNACK_CHANGED: warn('Undo: the Knack record still has what the run wrote'),
	},
} as const satisfies CodesByStage;
