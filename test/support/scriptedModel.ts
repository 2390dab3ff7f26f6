import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

const request = z.object({
	messages: z.array(z.object({ role: z.string(), content: z.unknown() }).passthrough()),
	tools: z
		.array(
			z.object({
				function: z.object({
					name: z.string(),
					description: z.string().optional(),
					parameters: z.object({ properties: z.record(z.unknown()).default({}) }).passthrough(),
				}),
			}),
		)
		.default([]),
});

export type ModelRequest = z.infer<typeof request>;

/**
 * A stand-in for a chat model, on loopback, by OpenAI's chat completions: it calls the one tool that
 * it is offered with the arguments it was told, and ends when the tool has answered.
 */
export class ScriptedModel {
	readonly requests: ModelRequest[] = [];

	private call: unknown = {};

	private readonly server = createServer((incoming, answer) => {
		let text = '';
		incoming.on('data', (part) => (text += part));
		incoming.on('end', () => {
			const asked = request.parse(JSON.parse(text));
			this.requests.push(asked);
			answer.setHeader('content-type', 'application/json');
			answer.end(JSON.stringify(this.completion(asked)));
		});
	});

	/** @returns the address to give as the model's base URL */
	async listen(): Promise<string> {
		await new Promise<void>((resolve) => {
			this.server.listen(0, '127.0.0.1', resolve);
		});
		const { port } = this.server.address() as AddressInfo;
		return `http://127.0.0.1:${port}/v1`;
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	/** What the next conversation's call of the tool shall hold. */
	willCall(argumentsOfTool: unknown): void {
		this.call = argumentsOfTool;
		this.requests.length = 0;
	}

	/** The parts of the tool, as a model is told them. */
	get offered(): Record<string, unknown> {
		return this.requests[0]?.tools[0]?.function.parameters.properties ?? {};
	}

	/** What the tool answered. */
	get toolAnswer(): string {
		const answers = this.requests.at(-1)?.messages.filter(({ role }) => role === 'tool') ?? [];
		const content = answers.at(-1)?.content;
		return typeof content === 'string' ? content : JSON.stringify(content ?? '');
	}

	private completion({ messages, tools }: ModelRequest): unknown {
		const isDone = messages.some(({ role }) => role === 'tool');
		const name = tools[0]?.function.name ?? '';
		const message = isDone
			? { role: 'assistant', content: 'Done.' }
			: {
					role: 'assistant',
					content: null,
					tool_calls: [
						{
							id: 'call_1',
							type: 'function',
							function: { name, arguments: JSON.stringify(this.call) },
						},
					],
				};
		return {
			id: 'chatcmpl-1',
			object: 'chat.completion',
			created: 1,
			model: 'scripted',
			choices: [{ index: 0, message, finish_reason: isDone ? 'stop' : 'tool_calls' }],
			usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
		};
	}
}
