import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from '../../vendor/zod';

/** What the node is set to for adopting documents. */
export interface AdoptParameters {
	readonly isPreviewOnly: boolean;
	/** Knack field that keeps the Xero ID; absent where none is chosen. */
	readonly linkField?: string;
}

const keepsId = z.object({ xeroId: z.string().min(1) });

export function readAdoptParameters(context: IExecuteFunctions): AdoptParameters {
	const isWrittenBack = context.getNodeParameter('writeBack', 0, false) === true;
	const fields = keepsId.safeParse(context.getNodeParameter('writeBackFields', 0, {}));
	return {
		isPreviewOnly: context.getNodeParameter('previewOnly', 0, false) === true,
		...(isWrittenBack && fields.success ? { linkField: fields.data.xeroId } : {}),
	};
}
