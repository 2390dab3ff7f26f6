import { parameterReader, type GetParameter } from '../parameters/reader';
import { PREVIEW_OF_ADOPTING } from './nodeParameters';

/** What the node is set to for adopting documents. */
export interface AdoptParameters {
	readonly isPreviewOnly: boolean;
	/** Knack field that keeps the Xero ID; absent where none is chosen. */
	readonly linkField?: string;
}

export function readAdoptParameters(
	get: GetParameter,
	xeroId: string | undefined,
): AdoptParameters {
	const read = parameterReader(get, { parameters: { operation: 'adopt' } });
	return {
		isPreviewOnly: read(PREVIEW_OF_ADOPTING),
		...(xeroId === undefined ? {} : { linkField: xeroId }),
	};
}
