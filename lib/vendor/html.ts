/** hono's tagged template, which escapes, bundled so that it needs no run-time dependency. */
export { html } from 'hono/html';
