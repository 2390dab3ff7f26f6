import { z } from 'zod';

export class N8nRefusal extends Error {
	/** n8n's own message and description, which the editor shows. */
	readonly said: string;

	constructor(
		method: string,
		path: string,
		readonly status: number,
		readonly body: unknown,
	) {
		const known = refusalBody.safeParse(body);
		const said = known.success
			? [known.data.message, known.data.description, known.data.hint].filter(Boolean).join(' ')
			: JSON.stringify(body);
		super(`n8n answered ${method} ${path} with ${status}: ${said}`);
		this.name = 'N8nRefusal';
		this.said = said;
	}
}

const refusalBody = z.object({
	message: z.string(),
	description: z.string().nullish(),
	hint: z.string().nullish(),
});
