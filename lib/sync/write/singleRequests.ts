import type { DocumentDefinition, WireElement } from '../../xero/documents/definition';
import { elementOfLines } from '../plan/elements';
import type { Plan } from '../plan/plan';
import type { SingleRequests } from './writeSingly';

export type WritingPlan = Extract<Plan, { action: 'create' | 'update' }>;

/** The requests of a document whose endpoint takes one at a time. */
export function singlyOf(
	{ wire: { singly } }: DocumentDefinition,
	plan: WritingPlan,
): SingleRequests | undefined {
	if (plan.action === 'create') {
		const { fields } = plan.draft;
		const write = singly?.create?.(plan.element(), fields);
		return write && { writes: [write], fields };
	}
	const fields = { ...plan.document.fields, ...plan.draft.fields };
	if (singly?.parts) {
		const { path, writes } = singly.parts;
		const { id, lines = [] } = plan.document;
		const known = new Set(lines.flatMap((line) => line.id ?? []));
		const due = (present: WireElement) => writes({ id, present, wanted: plan.element(), known });
		return { writes: [], fields, parts: { path: path(id), due } };
	}
	const writes = singly?.update(plan.document.id, plan.element(), fields);
	return writes && { writes, fields };
}

/** How many requests a document takes by itself; undefined where it goes out with others. */
export function singleWritesOf(
	definition: DocumentDefinition,
	plan: WritingPlan,
): number | undefined {
	const requests = definition.wire.singly && singlyOf(definition, plan);
	if (!requests?.parts || plan.action === 'create') return requests?.writes.length;
	return requests.parts.due(elementOfLines(definition, plan.document)).length;
}
