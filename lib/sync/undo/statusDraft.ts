import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { isStopping } from '../check/check';
import type { Draft } from '../draft';
import type { Undone } from './undone';
import type { Undoing } from './way';

/** The draft that names a document by its id, and the status that it is to have. */
export function statusDraft(
	{ type, statusPath = 'status', wire: { parentPath } }: DocumentDefinition,
	{ id, fields }: XeroDocument,
	to: string,
): Draft {
	const parent = parentPath === undefined ? undefined : fields[parentPath];
	return {
		type,
		itemIndexes: [],
		id,
		fields: {
			...(parentPath === undefined || parent === undefined ? {} : { [parentPath]: parent }),
			[statusPath]: to,
		},
		source: {},
		issues: [],
	};
}

/** What needs no write to Xero; undefined where something is to be done there. */
export function unwritten(undoing: Undoing): Undone | undefined {
	const { way, issues } = undoing;
	const nothing = { undoing, operations: [] };
	switch (way.kind) {
		case 'done':
			return { ...nothing, outcome: 'unchanged', issues };
		case 'stays':
			return { ...nothing, outcome: 'skipped', issues };
		case 'unlink':
			return { ...nothing, outcome: 'unchanged', issues };
		case 'stop': {
			const all = [...way.issues, ...issues];
			const isBlocked = all.filter(isStopping).some(({ severity }) => severity === 'block');
			return { ...nothing, outcome: isBlocked ? 'blocked' : 'held', issues: all };
		}
		default:
			return undefined;
	}
}
