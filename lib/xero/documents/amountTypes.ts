/** Which side of the business a document is of. */
export type Side = 'sale' | 'purchase';

/** Without tax, with it, or of no tax at all. */
export type LineAmountTypes = 'Exclusive' | 'Inclusive' | 'NoTax';
