import { attribute } from '../codec/shape.ts'

/** How objects that give a role name whoever has it. */
export const personFields = {
  userId: attribute.text,
  roleId: attribute.text,
  firstName: attribute.text,
  lastName: attribute.text,
  notifyUser: attribute.boolean,
}
