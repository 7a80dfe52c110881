export { type Problem, type ProblemCode, ProblemError, problem, problems } from './problems.ts'
