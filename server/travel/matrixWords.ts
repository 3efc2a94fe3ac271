/** What can be wrong with a matrix file, and what to do about it. */
const UNITS = 'durationS, durationMin, distanceM, distanceKm, tollKrw, expresswayM, expresswayKm'
const UNITS_KO = '시간(분), 시간(초), 거리(km), 거리(m), 통행료(원), 고속도로(km), 고속도로(m)'

interface Told {
  readonly ko: readonly [message: string, remedy: string]
  readonly en: readonly [message: string, remedy: string]
}

export const MATRIX_WORDS = {
  'matrix.empty': {
    ko: ['표가 없는 파일입니다.', `첫 줄의 첫 칸에 ${UNITS_KO} 가운데 하나를, 그 뒤에 장소를 적으세요.`],
    en: ['The file holds no table.', `Begin with one of ${UNITS} and the names of the places after it.`],
  },
  'matrix.text': {
    ko: ['읽을 수 없는 파일입니다: {why}.', 'UTF-8이나 CP949로 쓴 CSV, 또는 JSON으로 저장하세요.'],
    en: ['The file cannot be read: {why}.', 'Save it as CSV in UTF-8 or CP949, or as JSON.'],
  },
  'matrix.field': {
    ko: [
      '모르는 항목이거나 형식이 다릅니다 ({why}).',
      'places, tables, version, licence 만 씁니다. 표의 항목에는 단위를 적습니다.',
    ],
    en: [
      'The field is not known or has another form ({why}).',
      `Use places, tables, version, licence; in a table trucks, ${UNITS}.`,
    ],
  },
  'matrix.header': {
    ko: [
      "'{text}'은(는) 무엇의 표인지 알 수 없습니다.",
      `${UNITS_KO} 가운데 하나를 적고, 차급별 표라면 뒤에 1t 5t 처럼 적으세요.`,
    ],
    en: [
      "'{text}' does not say what the table holds.",
      `Give one of ${UNITS}, and truck classes after it (durationMin 1t 5t) where it is for some only.`,
    ],
  },
  'matrix.truck': {
    ko: ["'{text}'은(는) 모르는 차급입니다.", '{known} 가운데에서 적으세요.'],
    en: ["'{text}' is not a truck class.", 'Use {known}.'],
  },
  'matrix.nameTwice': {
    ko: ["장소 '{name}'이(가) 두 번 나옵니다.", '하나를 지우거나 이름을 고치세요.'],
    en: ["Place '{name}' appears twice.", 'Take one out, or correct its name.'],
  },
  'matrix.nameUnknown': {
    ko: ["줄의 장소 '{name}'이(가) 첫 줄에 없습니다.", '첫 줄에도 같은 이름을 적거나 이 줄을 지우세요.'],
    en: ["Place '{name}' of this row is not among the columns.", 'Add a column of that name, or take the row out.'],
  },
  'matrix.rowMissing': {
    ko: ["장소 '{name}'의 줄이 없습니다.", '표는 정사각형이어야 합니다. 그 장소에서 떠나는 줄을 더하세요.'],
    en: ["There is no row of place '{name}'.", 'The table has to be square: add the row of what leaves there.'],
  },
  'matrix.notSquare': {
    ko: ['칸이 {found}개인데 장소는 {wanted}곳입니다.', '장소마다 한 칸씩 적으세요. 길이 없으면 비우거나 -1로 둡니다.'],
    en: [
      '{found} cells for {wanted} places.',
      'Give one cell for each place; leave it empty or write -1 where there is no way.',
    ],
  },
  'matrix.number': {
    ko: ["'{text}'은(는) 수가 아닙니다.", '단위 없이 수만 적으세요. 길이 없으면 비우거나 -1로 둡니다.'],
    en: [
      "'{text}' is not a number.",
      'Write the number alone, without a unit; leave it empty or write -1 where there is no way.',
    ],
  },
  'matrix.negative': {
    ko: ['음수입니다: {text}.', '0 이상의 수를 적으세요. 길이 없다는 뜻이라면 -1로 적거나 비웁니다.'],
    en: ['Negative: {text}.', 'Write 0 or more; -1 or nothing where there is no way.'],
  },
  'matrix.tooLarge': {
    ko: ['너무 큰 수입니다: {text}.', '단위를 확인하세요.'],
    en: ['Too large: {text}.', 'Check the unit.'],
  },
  'matrix.diagonal': {
    ko: ['같은 장소 사이인데 0이 아닙니다: {text}.', '0을 적거나 비우세요.'],
    en: ['From a place to itself, and not 0: {text}.', 'Write 0, or leave it empty.'],
  },
  'matrix.tableTwice': {
    ko: ['{truck} 차급의 {measure} 표가 두 번 나옵니다.', '하나를 지우세요.'],
    en: ['A second {measure} table of {truck}.', 'Take one of them out.'],
  },
  'matrix.placesDiffer': {
    ko: ['첫 표와 장소가 다릅니다: {names}.', '모든 표에 같은 장소를 적으세요.'],
    en: ['Its places are not those of the first table: {names}.', 'Give all tables the same places.'],
  },
  'matrix.tableMissing': {
    ko: ['{truck} 차급의 {measure} 표가 없습니다.', '시간과 거리는 둘 다 있어야 합니다. 표를 더하세요.'],
    en: ['There is no {measure} table of {truck}.', 'Both times and distances are needed: add the table.'],
  },
  'matrix.half': {
    ko: ["'{from}'에서 '{to}'까지 시간과 거리 가운데 하나만 있습니다 ({truck}).", '둘 다 적거나 둘 다 비우세요.'],
    en: [
      "From '{from}' to '{to}' there is a time or a distance but not both ({truck}).",
      'Give both, or leave both empty.',
    ],
  },
} as const satisfies Record<string, Told>

export type MatrixCode = keyof typeof MATRIX_WORDS
