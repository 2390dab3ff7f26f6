import fc from 'fast-check';

/**
 * Property tests draw the same cases on every run, so that a red run is the change's own doing.
 * `PROPERTY_SEED=random` draws new ones, and any number draws those of that seed.
 */
const wanted = process.env.PROPERTY_SEED ?? '20261122';

if (wanted !== 'random') fc.configureGlobal({ seed: Number(wanted) });
