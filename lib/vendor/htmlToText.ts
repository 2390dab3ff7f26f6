/** html-to-text, bundled into the published package so that it needs no run-time dependency. */
export { compile } from 'html-to-text';
