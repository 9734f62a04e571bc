declare const brand: unique symbol;

/** The number by which a partner finds a customer: 4 to 12 digits, kept as text because leading zeros count. */
export type CustomerNumber = string & { readonly [brand]: 'CustomerNumber' };

const CUSTOMER_NUMBER = /^[0-9]{4,12}$/;

/**
 * Reads a customer number as somebody typed it; space around it is dropped.
 *
 * @returns The number, or undefined where `text` is none.
 */
export const parseCustomerNumber = (text: string): CustomerNumber | undefined => {
  const typed = text.trim();
  // The one place that makes a CustomerNumber: its form was checked just here.
  return CUSTOMER_NUMBER.test(typed) ? (typed as CustomerNumber) : undefined;
};
