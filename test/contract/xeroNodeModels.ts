import { createRequire } from 'node:module';
import path from 'node:path';

const load = createRequire(__filename);

/**
 * The models that Xero generates for its own library from its OpenAPI files: each object's members,
 * their types, and the words of each enumeration. They are installed, so that every machine can hold
 * an answer against them.
 */
export type ModelFolder = 'accounting' | 'payroll-au' | 'payroll-nz' | 'payroll-uk' | 'projects';

interface Attribute {
	readonly baseName: string;
	readonly type: string;
}

const PRIMITIVES: Readonly<Record<string, (value: unknown) => boolean>> = {
	string: (value) => typeof value === 'string',
	number: (value) => typeof value === 'number',
	boolean: (value) => typeof value === 'boolean',
	// Accounting writes /Date(…)/, the others ISO 8601.
	Date: (value) => typeof value === 'string' && /^(\/Date\(-?\d+|\d{4}-\d{2}-\d{2})/.test(value),
	any: () => true,
	object: (value) => typeof value === 'object',
};

function modelsOf(folder: ModelFolder): Readonly<Record<string, unknown>> {
	// Models of one name differ from API to API, and the library's entry gives one of each name.
	const file = path.join(load.resolve('xero-node'), '../gen/model', folder, 'models.js');
	return load(file) as Record<string, unknown>;
}

function attributesIn(model: unknown): readonly Attribute[] | undefined {
	if (typeof model !== 'function' || !('attributeTypeMap' in model)) return undefined;
	const found = model.attributeTypeMap;
	return Array.isArray(found) ? (found as readonly Attribute[]) : undefined;
}

/** The words of `Invoice.StatusEnum` or `LineAmountTypes`; undefined when it is no enumeration. */
function wordsOf(models: Readonly<Record<string, unknown>>, type: string): unknown[] | undefined {
	const [owner = '', name] = type.split('.');
	const model = models[owner];
	const found =
		name === undefined ? model : (model as Readonly<Record<string, unknown>> | undefined)?.[name];
	if (typeof found !== 'object' || found === null) return undefined;
	return Object.values(found);
}

/**
 * What in a value is not as the model says: `Invoice.Status: not one of its words: "FOO"`.
 * @param type such as `Invoice` or `Array<Invoice>`
 */
export function deviations(
	folder: ModelFolder,
	value: unknown,
	type: string,
	at = type.replace(/^Array<(.+)>$/, '$1'),
): string[] {
	const models = modelsOf(folder);
	if (value === undefined || value === null) return [];
	const inner = /^Array<(.+)>$/.exec(type)?.[1];
	if (inner !== undefined) {
		if (!Array.isArray(value)) return [`${at}: not a list`];
		return value.flatMap((member) => deviations(folder, member, inner, at));
	}
	const primitive = PRIMITIVES[type];
	if (primitive) return primitive(value) ? [] : [`${at}: not of the type ${type}`];
	const attributes = attributesIn(models[type]);
	if (!attributes) {
		const words = wordsOf(models, type);
		if (!words) return [`${at}: there is no model ${type}`];
		return words.includes(value) ? [] : [`${at}: not one of its words: ${JSON.stringify(value)}`];
	}
	if (typeof value !== 'object' || Array.isArray(value)) return [`${at}: not an object`];
	return Object.entries(value).flatMap(([name, member]) => {
		const attribute = attributes.find((one) => one.baseName === name);
		if (!attribute) return [`${type}.${name}: not a member`];
		return deviations(folder, member, attribute.type, `${type}.${name}`);
	});
}
