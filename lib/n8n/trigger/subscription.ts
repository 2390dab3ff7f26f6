import type { IHookFunctions, INodeType } from 'n8n-workflow';

type Hook = (context: IHookFunctions) => Promise<boolean>;

/**
 * The webhook of a service that knows no address to register one at, or to ask for it: a person
 * enters the address there. So what counts as being subscribed is that calls can be told from
 * forgeries, and listening is refused without.
 */
export function subscription(
	hooks: { readonly isSafe: Hook; readonly requireSafe: Hook },
	staysWords: string,
): NonNullable<INodeType['webhookMethods']> {
	return {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await hooks.isSafe(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await hooks.requireSafe(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				this.logger.info(staysWords);
				return true;
			},
		},
	};
}
