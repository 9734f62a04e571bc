/** What the proposed number is made of, so that the partner can say why. */
export type ProposalReason = {
  /** Licences of the vendor's main program that the customer owns. */
  readonly coreLicences: number;
  /** Licences of this product in active subscriptions (or in grace), over all the customer's teams. */
  readonly active: number;
  /** Licences of this product in orders that are on their way. */
  readonly onOrder: number;
};

/** How many licences to offer, with its reason. */
export type Proposal = ProposalReason & { readonly proposed: number };

/** Proposes how many licences a customer needs: one for each core licence that has none yet, and never below 0. */
export const proposeLicences = ({ coreLicences, active, onOrder }: ProposalReason): Proposal => ({
  coreLicences,
  active,
  onOrder,
  proposed: Math.max(0, coreLicences - active - onOrder),
});
