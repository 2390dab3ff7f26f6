/**
 * What a node offers to n8n by name, loaded when it is first called. n8n makes every node at its
 * start, whether a workflow has it or not, and must not wait there for code that none may run.
 */
import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
	ResourceMapperFields,
} from 'n8n-workflow';

type FormMethod<Args extends unknown[], Result> = (
	this: ILoadOptionsFunctions,
	...args: Args
) => Promise<Result>;

type FormMethods<Name extends string, Args extends unknown[], Result> = Record<
	Name,
	FormMethod<Args, Result>
>;

/** Imports the module, or the part of it, that has the methods of these names. */
type Loading<Name extends string, Args extends unknown[], Result> = () => Promise<
	FormMethods<NoInfer<Name>, Args, Result>
>;

function onCall<Name extends string, Args extends unknown[], Result>(
	names: readonly Name[],
	load: Loading<Name, Args, Result>,
): FormMethods<Name, Args, Result> {
	const methods = names.map((name) => [
		name,
		async function (this: ILoadOptionsFunctions, ...args: Args): Promise<Result> {
			const loaded: FormMethods<Name, Args, Result> = await load();
			return await loaded[name].apply(this, args);
		},
	]);
	return Object.fromEntries(methods);
}

/** For `methods.loadOptions`. */
export function listsOnCall<Name extends string>(
	names: readonly Name[],
	load: Loading<Name, [], INodePropertyOptions[]>,
): FormMethods<Name, [], INodePropertyOptions[]> {
	return onCall(names, load);
}

/** For `methods.listSearch`. */
export function searchesOnCall<Name extends string>(
	names: readonly Name[],
	load: Loading<Name, [filter?: string, page?: string], INodeListSearchResult>,
): FormMethods<Name, [filter?: string, page?: string], INodeListSearchResult> {
	return onCall(names, load);
}

/** For `methods.resourceMapping`. */
export function formsOnCall<Name extends string>(
	names: readonly Name[],
	load: Loading<Name, [], ResourceMapperFields>,
): FormMethods<Name, [], ResourceMapperFields> {
	return onCall(names, load);
}
