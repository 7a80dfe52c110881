/** Parts A, C and D of the requirements survey: the body, what it issues, and what its rules rest on. */
import { option, type SurveyQuestion } from './question.ts'

/** Question A1. */
export const questionsOfTheBody: readonly SurveyQuestion[] = [
  {
    id: 'A1',
    part: 'A',
    answer: 'choice',
    options: [
      option('weather-service'),
      option('training-centre'),
      option('university'),
      option('vet-authority'),
      option('ministry'),
      option('employer'),
    ],
  },
]

/** Questions C1 to C6. */
export const questionsOfIssuing: readonly SurveyQuestion[] = [
  {
    id: 'C1',
    part: 'C',
    answer: 'choices',
    options: [option('successful-completion'), option('participation'), option('attendance')],
  },
  {
    id: 'C2',
    part: 'C',
    answer: 'choices',
    options: [
      option('hours'),
      option('outcomes'),
      option('level'),
      option('assessment'),
      option('grade'),
      option('competencies'),
      option('quality-assurance'),
    ],
  },
  {
    id: 'C3',
    part: 'C',
    answer: 'choice',
    options: [option('register'), option('course'), option('not')],
  },
  {
    id: 'C4',
    part: 'C',
    answer: 'choices',
    options: [option('head'), option('training'), option('trainer')],
  },
  {
    id: 'C5',
    part: 'C',
    answer: 'choice',
    options: [option('in-use'), option('one-year'), option('later'), option('none')],
  },
  {
    id: 'C6',
    part: 'C',
    answer: 'text',
  },
]

/** Questions D1 to D5. */
export const questionsOfLaw: readonly SurveyQuestion[] = [
  {
    id: 'D1',
    part: 'D',
    answer: 'text',
  },
  {
    id: 'D2',
    part: 'D',
    answer: 'choice',
    options: [
      option('law', { rank: 'law' }),
      option('agreement', { rank: 'agreement' }),
      option('institution', { rank: 'institution' }),
      option('unit', { rank: 'unit' }),
    ],
  },
  {
    id: 'D3',
    part: 'D',
    answer: 'choices',
    options: [option('law'), option('trust'), option('comparability'), option('effort'), option('technology')],
  },
  {
    id: 'D4',
    part: 'D',
    answer: 'choice',
    options: [option('yes'), option('perhaps'), option('no')],
  },
  {
    id: 'D5',
    part: 'D',
    answer: 'choice',
    options: [option('named'), option('together'), option('no')],
  },
]
