import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDERS = fileURLToPath(new URL('../../lib/xero/documents', import.meta.url));

/** The types of documents, each of which has a folder of its name. */
const TYPES = readdirSync(FOLDERS, { withFileTypes: true })
	.filter((entry) => entry.isDirectory())
	.map(({ name }) => name);

/** Names that are words for something else as well: a field, a kind of field, what is credited. */
const WORDS = new Set(['contact', 'item', 'payment', 'project', 'quote']);

/** Names that a type has in requests, and not all of them have. */
const WIRE = /^(ACCREC\w*|ACCPAY\w*|LineItems|LineItemID)$/;

const isType = (name) => TYPES.includes(name);

/** `definition.type`, `type`, `documentType`: what holds the name of a type. */
function holdsType(node) {
	const inner = node.type === 'ChainExpression' ? node.expression : node;
	const name = inner.type === 'MemberExpression' ? inner.property.name : inner.name;
	return typeof name === 'string' && /^(type|documentType|.*DocumentType)$/.test(name);
}

/**
 * What is known of a type of documents stands in its folder: a step that names one knows more than it
 * says, and a new type would have to find the place.
 */
export const documentNames = {
	meta: {
		type: 'problem',
		schema: [],
		messages: {
			named:
				'A step names no type of documents: say what it goes by in lib/xero/documents/{{name}}, as a member that every type has.',
			wire: 'How a type stands in requests is said in its folder in lib/xero/documents: read its wire.',
		},
	},
	create(context) {
		const named = (node, name) => context.report({ node, messageId: 'named', data: { name } });
		return {
			ImportDeclaration(node) {
				const [, folder] = /xero\/documents\/(\w+)/.exec(node.source.value) ?? [];
				if (isType(folder) || folder === 'registry') named(node, folder);
			},
			Identifier(node) {
				if (WIRE.test(node.name)) context.report({ node, messageId: 'wire' });
			},
			MemberExpression({ object, property }) {
				if (object.name === 'DOCUMENTS') named(property, property.name ?? property.value ?? '');
			},
			Property({ key }) {
				const name = key.name ?? key.value;
				if (isType(name) && !WORDS.has(name)) named(key, name);
			},
			Literal(node) {
				const { value, parent } = node;
				if (typeof value !== 'string') return;
				if (WIRE.test(value)) context.report({ node, messageId: 'wire' });
				if (!isType(value)) return;
				const isCompared =
					(parent.type === 'BinaryExpression' &&
						(holdsType(parent.left) || holdsType(parent.right))) ||
					(parent.type === 'SwitchCase' && holdsType(parent.parent.discriminant));
				if (isCompared || !WORDS.has(value)) named(node, value);
			},
		};
	},
};
