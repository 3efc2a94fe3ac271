/** Words of a study on paper. */
export const studyReportKo = {
  name: '보고서',
  hint: '답과 그림, 방법, 모든 값의 출처, 검토자의 물음과 답, 다시 계산하는 명령',
  download: (format: string, study: string) => `${study} 보고서 내려받기, ${format}`,
  partial: '지금까지 계산한 날만의 보고서',
}

export const studyReportEn: typeof studyReportKo = {
  name: 'Report',
  hint: 'Answer, charts, method, where every figure comes from, answers to a reviewer, and the command that gives it again',
  download: (format, study) => `Download the report of ${study}, ${format}`,
  partial: 'A report of the days that are done so far',
}
