/** The command line: one verb, its options, its exit code. */
import { parseArgs } from 'node:util'
import { processOutput } from './output.ts'
import { type Given, UsageError, type Verb } from './verb.ts'

const verbs: Readonly<Record<string, () => Promise<Verb>>> = {
  lint: async () => (await import('./verbs/lint.ts')).lint,
  verify: async () => (await import('./verbs/verify.ts')).verifyVerb,
  export: async () => (await import('./verbs/export.ts')).exportVerb,
  issue: async () => (await import('./verbs/issue.ts')).issue,
  recognise: async () => (await import('./verbs/recognise.ts')).recognise,
  stack: async () => (await import('./verbs/stack.ts')).stackVerb,
  matrix: async () => (await import('./verbs/matrix.ts')).matrixVerb,
  survey: async () => (await import('./verbs/survey.ts')).surveyVerb,
  network: async () => (await import('./verbs/network.ts')).network,
  keys: async () => (await import('./verbs/keys.ts')).keys,
  backup: async () => (await import('./verbs/backup.ts')).backup,
  restore: async () => (await import('./verbs/restore.ts')).restore,
  'check-issued': async () => (await import('./verbs/check-issued.ts')).checkIssued,
  serve: async () => (await import('./verbs/serve.ts')).serve,
  'publish-files': async () => (await import('./verbs/publish-files.ts')).publishFiles,
  work: async () => (await import('./verbs/work.ts')).work,
}

const help = `cairn: design, award, seal and verify micro-credentials

  cairn lint FILE…      what a credential or a specification lacks
  cairn verify FILE…    the full report on a credential
  cairn export          one file with all that is needed to verify a credential, for a lifetime
  cairn issue           award and seal from a list of learners, without a server
  cairn recognise       what a body's rules give for a case
  cairn stack           whether credentials add up to a larger award
  cairn matrix          who accepts a certificate, and what one more fact on it would gain
  cairn survey          from what bodies answer to drafts of their policies, and to an analysis
  cairn network         share credit with other institutions, without a centre
  cairn keys            make, take in, list and try sealing keys
  cairn serve           the whole platform on this machine
  cairn work            seals, sends and publishes for servers on the same database
  cairn publish-files   status lists and keys into a directory or bucket, once more
  cairn check-issued    every credential of an installation, judged again
  cairn backup          everything of an installation in one encrypted file
  cairn restore         a backup into an empty data folder

Every verb takes --json (one line of JSON a file) and --help; a dash reads standard input.
Exit codes: 0 good, 1 bad, 2 undecided, 64 not understood.`

/** Runs one command and answers its exit code. Nothing is thrown: what we did not foresee is one line and exit 1. */
export async function main(args: readonly string[]): Promise<number> {
  process.stdout.on('error', () => process.exit(0))
  const [name, ...rest] = args
  const output = processOutput(rest.includes('--json'))
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(`${help}\n`)
    return name === undefined ? 64 : 0
  }
  if (!Object.hasOwn(verbs, name)) {
    output.note(`There is no "cairn ${name}". See cairn --help.`)
    return 64
  }
  const verb = await verbs[name]!()
  try {
    const given = parse(verb, rest)
    if (given.has('help')) {
      process.stdout.write(`${verb.help}\n`)
      return 0
    }
    return await verb.run(given, output)
  } catch (error) {
    if (error instanceof UsageError) {
      output.note(`${error.message} See cairn ${name} --help.`)
      return 64
    }
    // The vocabulary of problems is large, and most commands end without one.
    const [{ ProblemError }, { problemLine }] = await Promise.all([import('@cairn/core'), import('./problem-line.ts')])
    if (error instanceof ProblemError) {
      output.data({ problems: error.problems })
      for (const problem of error.problems) output.note(problemLine(problem))
      return 1
    }
    output.note(`Something went wrong on our side: ${error instanceof Error ? error.message : 'unknown'}`)
    if (process.env.CAIRN_LOG === 'debug') console.error(error)
    return 1
  }
}

function parse(verb: Verb, args: readonly string[]): Given {
  const options: Record<string, { type: 'string' | 'boolean'; short?: string }> = {
    ...verb.options,
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  }
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
    const text = (option: string) => {
      const value = values[option]
      return typeof value === 'string' ? value : undefined
    }
    return { operands: positionals, text, has: (option) => values[option] === true }
  } catch (error) {
    throw new UsageError((error as Error).message.split('\n')[0]!.replace(/\.? To specify.*$/, '.'))
  }
}
