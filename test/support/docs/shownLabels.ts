import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';
import { KnackApi } from '../../../credentials/KnackApi.credentials';
import { XeroSyncOAuth2Api } from '../../../credentials/XeroSyncOAuth2Api.credentials';
import { DOCUMENTS } from '../../../lib/xero/documents';
import { Knack } from '../../../nodes/Knack/Knack.node';
import { KnackTrigger } from '../../../nodes/KnackTrigger/KnackTrigger.node';
import { MapUpsertToXero } from '../../../nodes/MapUpsertToXero/MapUpsertToXero.node';
import { PaymentStatusToKnack } from '../../../nodes/PaymentStatusToKnack/PaymentStatusToKnack.node';
import { XeroInsights } from '../../../nodes/XeroInsights/XeroInsights.node';
import { XeroTrigger } from '../../../nodes/XeroTrigger/XeroTrigger.node';

const root = path.join(__dirname, '../../..');

const nodes: readonly INodeType[] = [
	new Knack(),
	new KnackTrigger(),
	new MapUpsertToXero(),
	new PaymentStatusToKnack(),
	new XeroInsights(),
	new XeroTrigger(),
];
const credentials: readonly ICredentialType[] = [new KnackApi(), new XeroSyncOAuth2Api()];

/** Everything that the panels of the package's nodes and credentials call by a name. */
export function labelsOfThePackage(): ReadonlySet<string> {
	const labels = new Set<string>();
	for (const { description } of nodes) collectLabels(description, labels);
	for (const credential of credentials) collectLabels(credential, labels);
	collectLabels(DOCUMENTS, labels);
	return labels;
}

/** Names of steps in the examples, and of fields, tables and options of the app they are made for. */
export function labelsOfTheExamples(): ReadonlySet<string> {
	const folder = path.join(root, 'workflows-examples');
	const labels = new Set<string>();
	for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
		const workflow: ExampleFile = JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
		for (const { name, parameters } of workflow.nodes) {
			labels.add(name);
			// What a step like Configure Me asks.
			for (const { name: asked } of parameters.assignments?.assignments ?? []) labels.add(asked);
			for (const [, heading = ''] of (parameters.content ?? '').matchAll(/^#+ (.+)$/gm)) {
				labels.add(heading);
			}
		}
	}
	for (const name of namesOfTheKnackApp()) labels.add(name);
	return labels;
}

interface ExampleFile {
	readonly nodes: ReadonlyArray<{
		readonly name: string;
		readonly parameters: {
			readonly content?: string;
			readonly assignments?: { readonly assignments?: ReadonlyArray<{ readonly name: string }> };
		};
	}>;
}

/** The guides to the fields of a Knack app are where its names are given, in tables and in bold. */
function namesOfTheKnackApp(): string[] {
	const starter = path.join(root, 'workflows-examples/knack-starter');
	const columns = readdirSync(starter).flatMap((file) => {
		const [head = ''] = readFileSync(path.join(starter, file), 'utf8').split(/\r?\n/);
		return head.split(',').map((column) => column.replace(/"/g, ''));
	});
	const given = ['docs/knack-starter.md', 'docs/knack-fields.md'].flatMap((page) => {
		const text = readFileSync(path.join(root, page), 'utf8');
		const bold = [...text.matchAll(/\*\*([^*]+)\*\*/g)].map((match) => match[1] ?? '');
		const rows = text.split('\n').filter((line) => line.startsWith('| '));
		const cells = rows.flatMap((row) =>
			row.split('|').map((cell) => cell.trim().replace(/\*/g, '')),
		);
		// "Multiple Choice, single selection: New, Completed" gives options too.
		return [...bold, ...cells, ...cells.flatMap((cell) => cell.split(/[:,] /))];
	});
	return [...columns, ...given];
}

const NAMED_BY = ['displayName', 'label', 'placeholder', 'action', 'multipleValueButtonText'];

function collectLabels(value: unknown, labels: Set<string>): void {
	if (Array.isArray(value)) for (const each of value) collectLabels(each, labels);
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
	for (const [key, inner] of Object.entries(value)) {
		const isName = NAMED_BY.includes(key) || (key === 'name' && isChoice(value));
		if (isName && typeof inner === 'string') labels.add(inner);
		else collectLabels(inner, labels);
	}
}

/** A choice of a list has a name and a value; a parameter's name is in no panel. */
function isChoice(value: object): boolean {
	return 'value' in value && !('displayName' in value);
}
