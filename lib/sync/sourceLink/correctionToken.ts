import type { XeroDocument } from '../../xero/documents/definition';
import { digestOf } from './digest';

const LETTERS = 8;

/** What names a document in the credit note that corrects it, and in the link of its successor. */
export function correctionToken({ id }: Pick<XeroDocument, 'id'>): string {
	return digestOf(id.toLowerCase(), LETTERS);
}
