import type { DocumentDefinition } from '../../xero/documents/definition';
import { headerFields, ID_PATH, type MappableField } from '../map/mappableFields';

/** What a contact is found by, its id and the inline contact of a document apart. */
const CONTACT_SIGNS = ['contactNumber', 'name', 'emailAddress'];

/**
 * The fields that tell which document a record means: its id, its keys and what these count within,
 * such as the contact of a reference. None is needed as long as another is there.
 */
export function identityFields(definition: DocumentDefinition): MappableField[] {
	const { keys, hasContact, isContact } = definition;
	const { parentPath } = definition.wire;
	const paths = new Set([
		ID_PATH,
		...keys.flatMap(({ path, within = [] }) => [path, ...within]),
		...(parentPath === undefined ? [] : [parentPath]),
		...(hasContact ? ['id', ...CONTACT_SIGNS].map((sign) => `contact.${sign}`) : []),
		...(isContact ? CONTACT_SIGNS : []),
	]);
	const shown = new Set([
		ID_PATH,
		...keys.map(({ path }) => path),
		...(parentPath === undefined ? [] : [parentPath]),
	]);
	return headerFields(definition)
		.filter(({ path }) => paths.has(path))
		.map((field) => ({
			...field,
			usual: shown.has(field.path) || (field.usual && !field.path.endsWith('emailAddress')),
			requiredToCreate: false,
			requiredToApprove: false,
		}));
}
