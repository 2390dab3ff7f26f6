import type { SketchFile } from '../list';
import { knackBuilder } from './knackBuilder';
import type { Sketch } from './sketch';
import { xeroPortal } from './xeroPortal';

/** What is drawn, by the file that takes it. */
export const sketchOf: Readonly<Record<SketchFile, Sketch>> = {
	'xero-new-app.svg': xeroPortal.newApp,
	'xero-configuration.svg': xeroPortal.configuration,
	'xero-webhooks.svg': xeroPortal.webhooks,
	'knack-api-code.svg': knackBuilder.apiAndCode,
	'knack-flow.svg': knackBuilder.flow,
	'knack-import.svg': knackBuilder.importFile,
};
