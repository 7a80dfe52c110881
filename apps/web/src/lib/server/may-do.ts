/** Whether the people of a session may do something: the list of the operation itself decides, here as there. */
import { operations } from '@cairn/api'
import { mayCall } from '@cairn/core'

/** True when a role of the session is among those of the operation. */
export const mayDo = ({ roles }: App.Locals['session'], name: keyof typeof operations): boolean =>
  mayCall(operations[name].roles, { roles })
