import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type {
	ICredentialType,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { root } from '../support/prepared';

interface Manifest {
	keywords: string[];
	license: string;
	files: string[];
	repository: { url: string };
	bugs: { url: string };
	engines: { node: string };
	publishConfig: { access: string; provenance: boolean };
	author: { name: string; email: string };
	homepage: string;
	n8n: { n8nNodesApiVersion: number; strict: boolean; nodes: string[]; credentials: string[] };
}

const manifest: Manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

/** Source file of a compiled one that package.json lists. */
const sourceOf = (listed: string) => listed.replace(/^dist\//, '').replace(/\.js$/, '.ts');

const nodes = manifest.n8n.nodes.map((listed) => {
	const file = path.join(root, sourceOf(listed));
	const type = construct<INodeType>(file);
	return { name: type.description.name, file, type, description: type.description };
});

const credentials = manifest.n8n.credentials.map((listed) => {
	const file = path.join(root, sourceOf(listed));
	const type = construct<ICredentialType>(file);
	return { name: type.name, file, type };
});

describe('package.json', () => {
	it("has the keys that n8n's community packages need", () => {
		expect(manifest).toMatchObject({
			license: 'MIT',
			files: ['dist'],
			author: { name: expect.any(String), email: expect.stringContaining('@') },
			repository: { url: expect.stringContaining('n8n-nodes-knack-xero') },
			homepage: expect.stringMatching(/^https:/),
			bugs: { url: `${manifest.homepage}/issues` },
			engines: { node: '>=20.12' },
			publishConfig: { access: 'public', provenance: true },
			n8n: { n8nNodesApiVersion: 1, strict: true },
		});
		expect(manifest.keywords).toContain('n8n-community-node-package');
		// npm's provenance refuses a package whose repository is not the one that built it.
		expect(manifest.repository.url).toBe(`git+${manifest.homepage}.git`);
	});

	it('lists every node and credential of the source', () => {
		const sources = (folder: string, ending: string) =>
			readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
				.filter((name) => name.endsWith(ending))
				.map((name) => `${folder}/${name}`)
				.sort();
		expect(manifest.n8n.nodes.map(sourceOf).sort()).toEqual(sources('nodes', '.node.ts'));
		expect(manifest.n8n.credentials.map(sourceOf).sort()).toEqual(
			sources('credentials', '.credentials.ts'),
		);
	});
});

describe.each(nodes)('the node $name', ({ file, type, description }) => {
	const properties = everyProperty(description.properties);
	const isTrigger = description.group.includes('trigger');

	it('is named as its file is', () => {
		const fileName = path.basename(file, '.node.ts');
		expect(description.name).toBe(fileName.charAt(0).toLowerCase() + fileName.slice(1));
		expect(path.basename(path.dirname(file))).toBe(fileName);
	});

	it('says what it does', () => {
		expect(description.displayName).not.toBe('');
		expect(description.description).toMatch(/\w+ \w+/);
		expect(description.subtitle).toBeTruthy();
		expect(description.defaults.name).toBe(description.displayName);
	});

	it('has an icon for light and for dark', () => {
		expect(themedFiles(description.icon, file)).toEqual([true, true]);
	});

	it('has a codex that names it and leads to its documentation', () => {
		const codex: {
			node: string;
			categories: string[];
			resources: Record<string, Array<{ url: string }>>;
		} = JSON.parse(readFileSync(file.replace(/\.ts$/, '.json'), 'utf8'));
		expect(codex.node).toBe(`n8n-nodes-knack-xero.${description.name}`);
		expect(codex.categories.length).toBeGreaterThan(0);
		const [, page = 'none'] =
			/\/blob\/main\/(docs\/[\w-]+\.md)$/.exec(
				codex.resources.primaryDocumentation?.[0]?.url ?? '',
			) ?? [];
		expect(existsSync(path.join(root, page))).toBe(true);
	});

	it('has a schema of the output for every operation whose items are ours', () => {
		const folder = path.join(path.dirname(file), '__schema__/v1.0.0');
		const without = properties
			.filter(({ path: place }) => place === 'operation')
			.flatMap(({ property }) => {
				const [resource = ''] = property.displayOptions?.show?.resource ?? [];
				return (property.options ?? [])
					.filter(isOption)
					.map(({ value }) => path.join(String(resource), `${String(value)}.json`));
			})
			// What a call answers is Knack's or Xero's.
			.filter((schema) => path.basename(schema) !== 'apiCall.json')
			.filter((schema) => !existsSync(path.join(folder, schema)));
		expect(without).toEqual([]);
	});

	it('ends no sentence twice, and writes what adds something as a label', () => {
		const texts = properties.flatMap(({ property }) => [
			property.description ?? '',
			property.hint ?? '',
			...(property.options ?? []).filter(isOption).map((option) => option.description ?? ''),
		]);
		expect(texts.filter((text) => /(?<!\.)\.\.(?!\.)/.test(text))).toEqual([]);
		const adding = properties.map(({ property }) => property.placeholder ?? '');
		expect(adding.filter((text) => /^Add [a-z]/.test(text))).toEqual([]);
	});

	it('has what may be added in the order of the alphabet', () => {
		const unsorted = properties.filter(({ property }) => {
			if (property.type !== 'collection') return false;
			const names = (property.options ?? []).map((entry) =>
				'displayName' in entry ? entry.displayName : entry.name,
			);
			const sorted = names.toSorted((one, other) => one.localeCompare(other));
			// As n8n's own lint has it, which cannot read what is put together from parts.
			return names.length >= 5 && names.join() !== sorted.join();
		});
		expect(unsorted.map(({ path: place }) => place)).toEqual([]);
	});

	it('is usable as a tool exactly when it is not a trigger', () => {
		expect(Boolean(description.usableAsTool)).toBe(!isTrigger);
	});

	it('uses credentials of this package, whose test it has when it is to do it', () => {
		for (const used of description.credentials ?? []) {
			expect(credentials.map(({ name }) => name)).toContain(used.name);
			if (typeof used.testedBy === 'string') {
				expect(Object.keys(type.methods?.credentialTest ?? {})).toContain(used.testedBy);
			}
		}
	});

	it('has an action for every operation', () => {
		const without = properties
			.filter(({ property }) => property.name === 'operation' && property.type === 'options')
			.flatMap(({ property }) => (property.options ?? []).filter(isOption))
			.filter(({ action }) => !action);
		expect(without).toEqual([]);
	});

	it('has every method that its parameters call', () => {
		const missing = properties.flatMap(({ path: place, property }) =>
			methodsOf(property)
				.filter(({ kind, name }) => !(name in (type.methods?.[kind] ?? {})))
				.map(({ kind, name }) => `${place}: ${kind}.${name}`),
		);
		expect(missing).toEqual([]);
	});

	it('asks for nothing twice at once', () => {
		const shown = (description.properties ?? []).map(
			({ name, displayOptions }) => `${name} ${JSON.stringify(displayOptions ?? {})}`,
		);
		expect(shown.filter((entry, index) => shown.indexOf(entry) !== index)).toEqual([]);
	});

	it('lets nobody type an id on the usual way', () => {
		const typed = (description.properties ?? []).filter(
			(property) =>
				property.type === 'string' &&
				property.required === true &&
				/\b(id|guid|key)\b/i.test(property.displayName),
		);
		expect(typed.map(({ name }) => name)).toEqual([]);
		const locators = properties.filter(({ property }) => property.type === 'resourceLocator');
		for (const { property } of locators) {
			expect(property.modes?.[0]?.type).toBe('list');
			// A list to choose from, or what the item before says.
			const { mode, value } = Object(property.default);
			expect(String(value).startsWith('={{') || mode === 'list').toBe(true);
		}
	});

	it('keeps the names that workflows out there carry', () => {
		expect({
			version: description.version,
			credentials: (description.credentials ?? []).map(({ name }) => name),
			outputs: description.outputs,
			parameters: properties.map(({ path: place, property }) => `${place}: ${property.type}`),
		}).toMatchSnapshot();
	});
});

it('loads the form of lines anew when another list of lines is chosen, whichever parameter keeps it', () => {
	const upsert = nodes.find(({ name }) => name === 'mapUpsertToXero');
	const form = upsert?.description.properties.find(({ name }) => name === 'lineFields');
	expect(form?.typeOptions?.loadOptionsDependsOn).toEqual(
		expect.arrayContaining(['lineList', 'linesList']),
	);
});

it('offers what people need first as the first action', () => {
	const firsts = nodes.map(({ name, description }): [string, string | undefined] => {
		const choice = description.properties.find(
			({ name: property, displayName }) =>
				['operation', 'resource'].includes(property) ||
				['Events', 'Trigger On'].includes(displayName),
		);
		const [first] = (choice?.options ?? []).filter(isOption);
		return [name, first?.action ?? first?.name];
	});
	expect(Object.fromEntries(firsts)).toEqual({
		knack: 'Record',
		knackTrigger: 'Record Starts to Match',
		mapUpsertToXero: 'Create or update documents',
		paymentStatusToKnack: 'Sync payment status of invoices from input',
		xeroInsights: 'Money',
		xeroTrigger: 'On a payment or change of an invoice',
	});
});

it('is found in the panel by every document and every insight', () => {
	const notFound = (node: string, names: readonly string[]) => {
		const file = path.join(root, `nodes/${node}/${node}.node.json`);
		const { alias }: { alias: string[] } = JSON.parse(readFileSync(file, 'utf8'));
		const words = alias.map((word) => word.toLowerCase());
		return names.filter((name) => !words.some((word) => name.toLowerCase().includes(word)));
	};
	const choices = (name: string, parameter: string) =>
		(nodes.find((node) => node.name === name)?.description.properties ?? [])
			.filter(({ name: own }) => own === parameter)
			.flatMap(({ options = [] }) => options.filter(isOption).map((option) => option.name));
	expect(notFound('MapUpsertToXero', choices('mapUpsertToXero', 'document'))).toEqual([]);
	const operations = choices('xeroInsights', 'operation').filter((one) => one !== 'Make One Page');
	expect(notFound('XeroInsights', operations)).toEqual([]);
});

it('gives a step that is added by an action the document that is sent most', () => {
	const upsert = nodes.find(({ name }) => name === 'mapUpsertToXero');
	const [document, operation] = ['document', 'operation'].map((wanted) =>
		upsert?.description.properties.find(({ name }) => name === wanted),
	);
	// n8n takes the first document that the action is shown for (its useActions, 2.41), else the default.
	expect(operation?.displayOptions).toBeUndefined();
	expect(document?.default).toBe('salesInvoice');
});

describe.each(credentials)('the credential $name', ({ file, type }) => {
	it('has an icon for light and for dark', () => {
		expect(themedFiles(type.icon, file)).toEqual([true, true]);
	});

	it('leads to its documentation', () => {
		expect(type.documentationUrl).toMatch(/^https:/);
	});

	it('hides what is secret', () => {
		const open = type.properties.filter(
			({ displayName, type: kind, typeOptions }) =>
				kind === 'string' &&
				/secret|api key|signing key/i.test(displayName) &&
				!typeOptions?.password,
		);
		expect(open.map(({ name }) => name)).toEqual([]);
	});

	it('keeps the names that stored credentials carry', () => {
		expect(type.properties.map(({ name, type: kind }) => `${name}: ${kind}`)).toMatchSnapshot();
	});
});

it('no name of a credential is one of the built-in ones', () => {
	const names = credentials.map(({ name }) => name);
	expect(names).toEqual(['knackApi', 'xeroSyncOAuth2Api']);
});

function construct<Type>(file: string): Type {
	const exported: Record<string, unknown> = jest.requireActual(file);
	const className = path.basename(file).split('.')[0] ?? '';
	const Class = exported[className];
	if (typeof Class !== 'function') throw new Error(`${file} exports no class ${className}`);
	return Reflect.construct(Class, []);
}

/** Each parameter with its path, those inside collections included. */
function everyProperty(
	properties: readonly INodeProperties[],
	prefix = '',
): Array<{ path: string; property: INodeProperties }> {
	return properties.flatMap((property) => {
		const place = `${prefix}${property.name}`;
		const inner = (property.options ?? []).flatMap((option) => {
			if (isCollection(option)) return everyProperty(option.values, `${place}.${option.name}.`);
			return isOption(option) ? [] : everyProperty([option], `${place}.`);
		});
		return [{ path: place, property }, ...inner];
	});
}

type Entry = INodePropertyOptions | INodeProperties | INodePropertyCollection;

function isOption(entry: Entry): entry is INodePropertyOptions {
	return 'value' in entry;
}

function isCollection(entry: Entry): entry is INodePropertyCollection {
	return 'values' in entry;
}

type MethodKind = 'loadOptions' | 'listSearch' | 'resourceMapping';

/** Methods that the editor calls for a parameter. */
function methodsOf({
	typeOptions,
	modes,
}: INodeProperties): Array<{ kind: MethodKind; name: string }> {
	const found: Array<{ kind: MethodKind; name: string }> = [];
	if (typeOptions?.loadOptionsMethod) {
		found.push({ kind: 'loadOptions', name: typeOptions.loadOptionsMethod });
	}
	const mapper = typeOptions?.resourceMapper?.resourceMapperMethod;
	if (mapper) found.push({ kind: 'resourceMapping', name: mapper });
	for (const mode of modes ?? []) {
		const name = mode.typeOptions?.searchListMethod;
		if (name) found.push({ kind: 'listSearch', name });
	}
	return found;
}

/** Whether the two files of a themed icon are there, and are two. */
function themedFiles(icon: INodeTypeDescription['icon'], from: string): [boolean, boolean] {
	if (icon === undefined || typeof icon === 'string') return [false, false];
	const { light, dark } = icon;
	const present = (reference: string) =>
		existsSync(path.resolve(path.dirname(from), reference.replace(/^file:/, '')));
	return [present(light), present(dark) && dark !== light];
}
