import { Hono } from 'hono';

import { commonScript } from './commonScript';
import { ledgerScript } from './ledgerScript';
import { markup } from './markup';
import { recordScript } from './recordScript';
import { script } from './script';
import { styles } from './styles';

/** The page a person looks at: one document, one style sheet, one script, nothing from elsewhere. */
export function pageRoutes(): Hono {
	const routes = new Hono();
	routes.get('/', (context) => context.html(markup));
	routes.get('/page.css', (context) =>
		context.body(styles, 200, { 'content-type': 'text/css; charset=utf-8' }),
	);
	routes.get('/page.js', (context) =>
		context.body([commonScript, recordScript, ledgerScript, script].join('\n'), 200, {
			'content-type': 'text/javascript; charset=utf-8',
		}),
	);
	routes.get('/favicon.ico', (context) => context.body(null, 204));
	return routes;
}
