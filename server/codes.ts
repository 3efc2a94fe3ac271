/**
 * Every code that a refusal can carry, the statuses it comes with, and what to do about it. Part of the contract: a code may be added,
 * never renamed. What the message of a refusal says is about this one request; the remedy here holds for all of them.
 */
export interface Code {
  readonly statuses: readonly number[]
  readonly remedy: { readonly ko: string; readonly en: string }
}

const code = (statuses: number | readonly number[], ko: string, en: string): Code => ({
  statuses: [statuses].flat(),
  remedy: { ko, en },
})

export const CODES: Readonly<Record<string, Code>> = {
  'body.json': code(
    400,
    '보내기 전에 JSON 검사기로 확인하세요. NaN, 주석, 마지막 쉼표는 JSON이 아닙니다.',
    'Check the body with a JSON validator before sending. NaN, comments and trailing commas are not JSON.',
  ),
  'body.length': code(
    400,
    'Content-Length 를 본문의 바이트 수와 같게 하거나 적지 마세요.',
    'Make Content-Length the number of bytes of the body, or leave it out.',
  ),
  'body.tooLarge': code(
    413,
    '날짜나 업체별로 나누어 보내세요. 한도는 GET /api/limits 에 있습니다.',
    'Split it by day or by firm. The limits are at GET /api/limits.',
  ),
  'body.type': code(
    415,
    'JSON은 application/json 으로, 주문 파일은 text/csv 로 보내세요.',
    'Send JSON as application/json and order files as text/csv.',
  ),
  bug: code(
    500,
    '다시 시도해 보고, 또 그러면 요청 번호와 함께 알려 주세요.',
    'Try once more; if it happens again, report it with the number of the request.',
  ),
  'complex.unknown': code(404, 'GET /api/complexes 에서 고르세요.', 'Choose one of GET /api/complexes.'),
  'complex.unnamed': code(
    400,
    'complex=… 로 단지를 적으세요. 목록은 GET /api/complexes 에 있습니다.',
    'Name the complex with complex=…; the list is at GET /api/complexes.',
  ),
  'database.newer': code(503, '더 새로운 milkrun 으로 여세요.', 'Open the data with the newer milkrun.'),
  'database.unreachable': code(
    503,
    '잠시 뒤에 다시 시도하세요. 관리자는 데이터베이스와 DATABASE_URL 을 확인하세요.',
    'Try again in a while. Administrators: check the database and DATABASE_URL.',
  ),
  'date.notADay': code(400, '2026-11-23 처럼 달력에 있는 날을 적으세요.', 'Give a day of the calendar, as 2026-11-23.'),
  'delivery.unknown': code(
    404,
    'GET /api/webhooks/:id/deliveries 에서 고르세요.',
    'Choose one of GET /api/webhooks/:id/deliveries.',
  ),
  'folder.inUse': code(
    503,
    '그 프로그램을 끝내거나 MILKRUN_DATA 로 다른 폴더를 고르세요.',
    'End the other program, or name another folder in MILKRUN_DATA.',
  ),
  'import.noFile': code(
    400,
    '파일을 요청의 본문으로, 또는 양식의 파일로 보내세요.',
    'Send the file as the body of the request, or as the file of a form.',
  ),
  'job.unknown': code(404, '작업의 id 를 확인하세요.', 'Check the id of the job.'),
  'job.withoutPlan': code(400, 'from 에 계획의 id 를 적으세요.', 'Name the id of a plan in from.'),
  'jobs.full': code(
    503,
    'Retry-After 초 뒤에 다시 보내거나 필요 없는 작업을 취소하세요.',
    'Send it again after Retry-After seconds, or cancel jobs that are not needed.',
  ),
  'metrics.elsewhere': code(
    403,
    '서비스가 도는 컴퓨터의 127.0.0.1 로 물으세요.',
    'Ask on the computer that runs the service, at 127.0.0.1.',
  ),
  'plan.changed': code(
    412,
    '계획을 다시 읽고, 바꿀 것을 새 판에 적용한 뒤 그 ETag 로 다시 보내세요.',
    'Read the plan again, apply the change to the new version and send it with that ETag.',
  ),
  'plan.confirmed': code(409, '확정을 거두고 새 계획을 만드세요.', 'Withdraw the confirmation and make a new plan.'),
  'plan.dayConfirmed': code(
    409,
    '그 날의 다른 계획의 확정을 먼저 거두세요.',
    'Withdraw the other plan of that day first.',
  ),
  'plan.draft': code(409, '계획을 먼저 확정하세요.', 'Confirm the plan first.'),
  'plan.unknown': code(404, '계획의 id 를 확인하세요.', 'Check the id of the plan.'),
  'plan.withdrawn': code(409, '새 계획을 만드세요.', 'Make a new plan.'),
  'problem.faults': code(
    422,
    'issues 의 항목마다 path 의 값을 remedy 대로 고친 뒤 다시 보내세요.',
    'Correct the value at the path of each of the issues as its remedy says, and send it again.',
  ),
  'problem.unknown': code(404, 'GET /api/problems 에서 고르세요.', 'Choose one of GET /api/problems.'),
  'request.address': code(
    400,
    '주소의 % 표기를 UTF-8 퍼센트 인코딩으로 고치세요.',
    'Write what follows each % of the address as UTF-8 percent-encoding.',
  ),
  'request.addressTooLong': code(
    414,
    '주소를 줄이세요. id 는 90자까지입니다.',
    'Shorten the address. An id has 90 characters at most.',
  ),
  'request.foreignHost': code(
    403,
    'http://127.0.0.1 또는 http://localhost 로 여세요.',
    'Use http://127.0.0.1 or http://localhost.',
  ),
  'request.foreignPage': code(403, 'milkrun 화면에서 다시 시도하세요.', 'Use the page of milkrun itself.'),
  'request.headersTooLarge': code(
    431,
    '쿠키와 헤더를 줄이세요. 한도는 GET /api/limits 에 있습니다.',
    'Send fewer or shorter headers and cookies. The limits are at GET /api/limits.',
  ),
  'request.ifMatch': code(
    [400, 428],
    '읽을 때 받은 ETag 를 If-Match 로 보내세요.',
    'Send the ETag that came with what you have read as If-Match.',
  ),
  'request.refused': code(
    [400, 403, 406, 417, 422],
    '주소와 본문을 /api/openapi.json 의 형식과 맞추세요.',
    'Compare address and body with /api/openapi.json.',
  ),
  'request.shape': code(
    400,
    'issues 에 적힌 곳을 /api/openapi.json 의 형식에 맞게 고치세요.',
    'Correct what the issues name; the form is in /api/openapi.json.',
  ),
  'request.text': code(
    400,
    'issues 에 적힌 곳의 NUL 이나 반쪽 문자를 지우세요.',
    'Remove the NUL or the half of a character from what the issues name.',
  ),
  'request.tooMany': code(
    429,
    'Retry-After 초를 기다리세요. 한도는 RateLimit 헤더와 GET /api/limits 에 있습니다.',
    'Wait Retry-After seconds. The limits are in the RateLimit headers and at GET /api/limits.',
  ),
  'request.tooSlow': code(
    408,
    '연결을 확인하고 요청을 한 번에 보내세요. 한도는 GET /api/limits 에 있습니다.',
    'Check the connection and send the request in one go. The limits are at GET /api/limits.',
  ),
  'request.unreadable': code(
    400,
    'HTTP/1.1 로 보내세요. 중간에 프록시가 있다면 그 설정을 확인하세요.',
    'Speak HTTP/1.1. If there is a proxy between, check its settings.',
  ),
  'route.method': code(405, 'Allow 헤더에 있는 방법을 쓰세요.', 'Use a method of the Allow header.'),
  'route.unknown': code(
    404,
    '쓸 수 있는 주소는 GET /api/openapi.json 에 있습니다.',
    'The addresses there are: GET /api/openapi.json.',
  ),
  'service.busy': code(503, 'Retry-After 초 뒤에 다시 시도하세요.', 'Try again after Retry-After seconds.'),
  'service.notReady': code(503, 'Retry-After 초 뒤에 다시 시도하세요.', 'Try again after Retry-After seconds.'),
  'shipment.unknown': code(404, '화물의 id 를 문제에서 확인하세요.', 'Check the id of the shipment in the problem.'),
  'streams.tooMany': code(
    429,
    '보지 않는 화면이나 연결을 닫으세요. 한도는 GET /api/limits 에 있습니다.',
    'Close pages and connections that nobody watches. The limits are at GET /api/limits.',
  ),
  'travel.place': code(422, 'issues 에 적힌 장소의 좌표를 고치세요.', 'Correct the coordinates of the sites named.'),
  'travel.unavailable': code(503, '잠시 뒤에 다시 시도하세요.', 'Try again later.'),
  'webhook.address': code(
    400,
    '인터넷에서 닿는 https:// 주소를 적으세요.',
    'Give an https:// address that is reached from the internet.',
  ),
  'webhook.tooMany': code(409, '쓰지 않는 웹훅을 지우세요.', 'Remove a webhook that is not used.'),
  'webhook.unknown': code(404, 'GET /api/webhooks 에서 고르세요.', 'Choose one of GET /api/webhooks.'),
  'web.notBuilt': code(
    404,
    'npm run build 를 실행한 뒤 서비스를 다시 시작하세요.',
    'Run npm run build and start the service again.',
  ),
}
