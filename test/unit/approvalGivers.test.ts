import type { INode } from 'n8n-workflow';
import { isFromAgent, mayAgentWrite } from '../../lib/n8n/agentWriting';
import { approvalSettings } from '../../lib/n8n/mapUpsert/approvalOptions';
import { hasAnotherName } from '../../lib/sync/approval/names';

describe('creator and approver', () => {
	it.each([
		['Ida Berg', 'Pat Lee'],
		['ida@example.com', 'pat@example.com'],
		['Ida Berg <ida@example.com>', 'Pat Lee <pat@example.com>'],
		['Ida Berg', 'Ida Holm'],
		['@ida', '@pat'],
	])('surely differ: %s, %s', (one, other) => {
		expect(hasAnotherName(one, other)).toBe(true);
		expect(hasAnotherName(other, one)).toBe(true);
	});

	it.each([
		['ida@example.com', 'Ida Berg <IDA@example.com>'],
		['mailto:ida@example.com', 'ida@example.com'],
		['ida@example.com; pat@example.com', 'pat@example.com'],
		['ida+xero@example.com', 'ida@example.com'],
		['Ida Berg', 'Berg, Ida'],
		['ida.berg', 'Ida Berg'],
		['Ida', 'Ida Berg'],
		['I. Berg', 'Ida Berg'],
		['Ida\u200b Berg', 'Ida Berg'],
		['Ida\u202eBerg', 'Ida Berg'],
		['Ida\u200bBerg', 'IdaBerg'],
		['🙂', 'Pat Lee'],
	])('do not surely differ: %s, %s', (one, other) => {
		expect(hasAnotherName(one, other)).toBe(false);
		expect(hasAnotherName(other, one)).toBe(false);
	});
});

describe('what an agent decides', () => {
	it.each([
		'={{ $fromAI("x") }}',
		'={{ $json.x }}',
		'={{ $input.first().json.x }}',
		'={{ $items()[0].json.x }}',
		'={{ $binary.x.fileName }}',
		'={{ $parameter.note }}',
	])('is what it is called with: %s', (stored) => {
		expect(isFromAgent(stored)).toBe(true);
		expect(isFromAgent({ fields: { createdBy: stored } })).toBe(true);
	});

	it.each(['={{ $("Trigger").first().json.user }}', 'Ida Berg', 'The data of $5', undefined, true])(
		'is not what the workflow gives: %s',
		(stored) => expect(isFromAgent(stored)).toBe(false),
	);

	it('is no token field, wherever that stands', () => {
		const chosen = {
			onlyApproved: true,
			creatorMustDiffer: false,
			approvalAnswers: { tokenField: 'field_1' },
		};
		for (const approvalAnswers of [
			'={{ $fromAI("answers") }}',
			{ fields: '={{ $fromAI("answers") }}' },
			{ fields: { tokenField: '={{ $fromAI("field") }}' } },
		]) {
			const stored = { onlyApproved: true, approvalAnswers };
			expect(() => approvalSettings(chosen, stored, true)).toThrow(/an AI agent could give/);
		}
	});

	it('is no operation that asks for no approval', () => {
		const node = (operation: string, onlyApproved: boolean | string): INode => ({
			id: '1',
			name: 'Upsert',
			type: 'mapUpsertToXeroTool',
			typeVersion: 1,
			position: [0, 0],
			parameters: { operation, options: { allowWritingAsTool: true, onlyApproved } },
		});
		const chosen = '={{ $fromAI("operation") }}';
		expect(mayAgentWrite(node(chosen, true), true)).toBe(false);
		expect(mayAgentWrite(node(chosen, '={{ $fromAI("only") }}'), true)).toBe(false);
		expect(mayAgentWrite(node(chosen, false), true)).toBe(true);
		expect(mayAgentWrite(node('upsert', true), true)).toBe(true);
	});
});
