import { hasMark, isGone } from './books';
import { sharedTraits, sharesKey, type State } from './state';
import { whoIsIt } from './whoIsIt';

/**
 * Whether nothing tells the record from another one's document: the same number or reference, the
 * same contact, the day or total or a line in common, and neither id nor mark to say whose it is.
 * Nobody could decide that, and no world asks for it.
 * @param run the records that are delivered with it
 */
export function isIndistinct(state: State, index: number, run: readonly number[]): boolean {
	if (state.xeroIds[index] !== undefined) return false;
	const contactId = contactIdFor(state, index);
	if (contactId === undefined) return false;
	const keptIds = new Set(run.filter((each) => each !== index).map((each) => state.xeroIds[each]));
	if (state.isOfContacts) {
		const owner = state.owners.get(contactId);
		return owner !== undefined && owner !== index && !keptIds.has(contactId);
	}
	const record = state.record(index);
	return state
		.rows()
		.filter((row) => !isGone(row) && row.contactId === contactId && sharesKey(record, row))
		.some((row) => {
			const owner = state.owners.get(row.id);
			return (
				owner !== undefined &&
				owner !== index &&
				!hasMark(row) &&
				!keptIds.has(row.id) &&
				sharedTraits(record, row).size > 0
			);
		});
}

/** The contact that the record leads to, or that is its customer's, archived or merged though it is. */
function contactIdFor(state: State, index: number): string | undefined {
	const who = whoIsIt(state, state.customerOf(index));
	return who.kind === 'one'
		? who.contact.contactId
		: state.contactOf(state.record(index).customer)?.contactId;
}
