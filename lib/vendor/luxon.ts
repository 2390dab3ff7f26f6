/** luxon, bundled into the published package so that it does not depend on the host's copy. */
export { DateTime, Duration, IANAZone, Info } from 'luxon';
