/** zod, bundled into the published package so that it needs no run-time dependency. */
export * from 'zod';
