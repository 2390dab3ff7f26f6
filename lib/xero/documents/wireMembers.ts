import type { ContactMember, LinesMember } from './definition';

/** How most elements name their contact. */
export const CONTACT_MEMBER: ContactMember = { name: 'Contact', idName: 'ContactID' };

/** How most elements have their lines. */
export const LINE_ITEMS: LinesMember = { name: 'LineItems', idName: 'LineItemID' };
