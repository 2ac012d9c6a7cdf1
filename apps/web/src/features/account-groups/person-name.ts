type Person = { firstName: string; lastName: string; email: string }

/** What somebody is called; whoever has given no name goes by the address. */
export const nameOf = ({ firstName, lastName, email }: Person) =>
  [firstName, lastName].filter(Boolean).join(' ') || email
