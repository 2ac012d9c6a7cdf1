/** Does an answer tell what is inside: a stack, a statement, a path of the server, a hash of a password? (I13) */
export const isLeaky = (body: string) =>
  /\bat \S+ \(?(file|node|\/)|node_modules|\$queryRaw|PrismaClient|\bselect\b.+\bfrom\b.+"|syntax error at|\$argon2id\$/i.test(
    body,
  )
