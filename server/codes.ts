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
  'access.mayNot': code(
    403,
    '관리자에게 역할을 요청하세요. 키라면 필요한 권한을 담아 새로 만드세요.',
    'Ask the administrator for the role; for a key, make one with the scope that this needs.',
  ),
  'actual.faults': code(
    422,
    '기록마다 계획에 있는 노선과 정차지를 적어 다시 보내세요.',
    'Name a route and a stop of the plan in each record, and send them again.',
  ),
  'account.email': code(
    422,
    '이메일 주소를 name@example.com 처럼 적으세요.',
    'Give an e-mail address such as name@example.com.',
  ),
  'account.hasRole': code(
    409,
    'GET /api/accounts 에서 그 사람의 역할을 확인하세요.',
    'Look at the roles of this person at GET /api/accounts.',
  ),
  'account.lastAdministrator': code(
    409,
    '먼저 다른 사람을 관리자로 정하세요.',
    'Make somebody else an administrator first.',
  ),
  'account.unknown': code(404, 'GET /api/accounts 에서 고르세요.', 'Choose one of GET /api/accounts.'),
  'accounts.off': code(
    409,
    '계정을 쓰려면 MILKRUN_ACCOUNTS=on 으로 다시 시작하세요.',
    'Start the service with MILKRUN_ACCOUNTS=on to use accounts.',
  ),
  'backup.forbidden': code(
    403,
    '모든 단지를 볼 수 있는 관리자로 받으세요.',
    'Take it as an administrator, who may see every complex.',
  ),
  'backup.nothing': code(404, '자료가 생긴 뒤에 받으세요.', 'Take it once there is something to keep.'),
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
  'change.unknown': code(404, 'GET /api/audit 에서 고르세요.', 'Choose one of GET /api/audit.'),
  'complex.unknown': code(404, 'GET /api/complexes 에서 고르세요.', 'Choose one of GET /api/complexes.'),
  'complex.unnamed': code(
    400,
    'complex=… 로 단지를 적으세요. 목록은 GET /api/complexes 에 있습니다.',
    'Name the complex with complex=…; the list is at GET /api/complexes.',
  ),
  'database.gone': code(
    503,
    'Retry-After 초 뒤에 다시 시도하세요. 저장되었다고 답한 것은 그대로 있습니다.',
    'Try again after Retry-After seconds. What was acknowledged is kept.',
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
  'disk.full': code(
    503,
    '관리자에게 디스크의 자리를 비우게 한 뒤 다시 시도하세요.',
    'Have the administrator free some space on the disk, then try again.',
  ),
  'day.changed': code(
    412,
    '그 날을 다시 불러온 뒤 바꾸세요.',
    'Load the day again and make your change to what stands now.',
  ),
  'day.otherDate': code(
    422,
    'GET /api/complexes/ID/days/DATE/plans 에서 그 날의 문제를 고르세요.',
    'Choose a problem of that day from GET /api/complexes/ID/days/DATE/plans.',
  ),
  'file.tooHeavy': code(422, '기간을 나누어 보내세요.', 'Split the file by period and send the parts.'),
  'folder.inUse': code(
    503,
    '그 프로그램을 끝내거나 MILKRUN_DATA 로 다른 폴더를 고르세요.',
    'End the other program, or name another folder in MILKRUN_DATA.',
  ),
  'idempotency.otherBody': code(
    422,
    '새 요청에는 새 Idempotency-Key 를 쓰세요.',
    'Give a new request a new Idempotency-Key.',
  ),
  'import.noFile': code(
    400,
    '파일을 요청의 본문으로, 또는 양식의 파일로 보내세요.',
    'Send the file as the body of the request, or as the file of a form.',
  ),
  'job.notRetried': code(409, '같은 문제로 새 작업을 보내세요.', 'Submit a new job of the same problem.'),
  'job.unknown': code(404, '작업의 id 를 확인하세요.', 'Check the id of the job.'),
  'disturb.unable': code(
    422,
    '실제 시각이나 사건을 고치거나, 그 차를 고장으로 두어 다른 차가 이어 싣게 하세요.',
    'Correct the recorded times or the event, or call the truck broken down, so that others take its goods over.',
  ),
  'job.withoutPlan': code(400, 'from 에 계획의 id 를 적으세요.', 'Name the id of a plan in from.'),
  'jobs.full': code(
    503,
    'Retry-After 초 뒤에 다시 보내거나 필요 없는 작업을 취소하세요.',
    'Send it again after Retry-After seconds, or cancel jobs that are not needed.',
  ),
  'key.refused': code(
    401,
    '키를 그대로 옮겨 적었는지 확인하고, 관리자에게 새 키를 받으세요.',
    'Check that the key was copied whole, or ask the administrator for a new one.',
  ),
  'key.unknown': code(404, 'GET /api/keys 에서 고르세요.', 'Choose one of GET /api/keys.'),
  'link.over': code(404, '관리자에게 새 링크를 받으세요.', 'Ask the administrator for a new link.'),
  'mapping.faults': code(400, '각 항목을 보고 열 지정을 고치세요.', 'Correct the mapping as each issue says.'),
  'mapping.form': code(
    400,
    '{"weightKg":"중량(kg)"} 같은 JSON 객체로 적으세요.',
    'Give a JSON object: our field, then the name of the column.',
  ),
  'member.faults': code(
    422,
    'issues 를 보고 역할에 필요한 단지, 기업, 차량을 적으세요.',
    'Give the complex, firm or trucks that the role needs, as the issues say.',
  ),
  'metrics.elsewhere': code(
    403,
    '서비스가 도는 컴퓨터의 127.0.0.1 로 물으세요.',
    'Ask on the computer that runs the service, at 127.0.0.1.',
  ),
  'orders.faults': code(
    422,
    'issues 에 적힌 행과 열을 고친 뒤 다시 보내세요.',
    'Correct the rows and columns that the issues name, and send them again.',
  ),
  'password.weak': code(422, '서로 상관없는 낱말 네 개를 이어 쓰세요.', 'Put four unrelated words in a row.'),
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
  'place.point': code(
    422,
    '위도와 경도를 도 단위로, 우리나라 안의 점으로 적으세요.',
    'Give latitude and longitude in degrees, of a point in Korea.',
  ),
  'place.unknown': code(404, 'GET /api/places 에서 고르세요.', 'Choose one of GET /api/places.'),
  'plan.unknown': code(404, '계획의 id 를 확인하세요.', 'Check the id of the plan.'),
  'plan.ledger': code(
    422,
    '고친 것마다 비용 차이를 edits 에 적어 보내세요.',
    'Send every change with its difference of cost in edits.',
  ),
  'plan.locks': code(422, 'issues 에 적힌 고정을 빼고 보내세요.', 'Leave out the locks that the issues name.'),
  'plan.violations': code(
    422,
    'issues 에 적힌 규칙을 지키도록 계획을 고친 뒤 다시 보내세요.',
    'Change the plan so that it keeps the rules that the issues name, and send it again.',
  ),
  'plan.withdrawn': code(409, '새 계획을 만드세요.', 'Make a new plan.'),
  'planFile.faults': code(422, '계획을 다시 만들어 보내세요.', 'Make the plan again and send its file unchanged.'),
  'planFile.none': code(400, '계획 파일(JSON)을 본문으로 보내세요.', 'Send the plan file (JSON) as the body.'),
  'problem.faults': code(
    422,
    'issues 의 항목마다 path 의 값을 remedy 대로 고친 뒤 다시 보내세요.',
    'Correct the value at the path of each of the issues as its remedy says, and send it again.',
  ),
  'repair.gone': code(
    409,
    '화물의 설명을 다시 불러온 뒤 고르세요.',
    'Load the explanation of the shipment again and choose there.',
  ),
  'planRoute.unknown': code(404, '노선의 id 를 계획에서 확인하세요.', 'Check the id of the route in the plan.'),
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
  'request.range': code(
    416,
    'Range 를 파일 안에서 하나만 보내세요, 예: bytes=0-16383.',
    'Send one Range within the file, such as bytes=0-16383.',
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
  'role.several': code(
    400,
    'complex 와 firm 으로 어느 역할인지 적으세요. 목록은 GET /api/me 에 있습니다.',
    'Say which role is meant with complex and firm; the list is at GET /api/me.',
  ),
  'route.method': code(405, 'Allow 헤더에 있는 방법을 쓰세요.', 'Use a method of the Allow header.'),
  'route.unknown': code(
    404,
    '쓸 수 있는 주소는 GET /api/openapi.json 에 있습니다.',
    'The addresses there are: GET /api/openapi.json.',
  ),
  'service.busy': code(503, 'Retry-After 초 뒤에 다시 시도하세요.', 'Try again after Retry-After seconds.'),
  'service.notReady': code(503, 'Retry-After 초 뒤에 다시 시도하세요.', 'Try again after Retry-After seconds.'),
  'session.locked': code(
    429,
    'Retry-After 초를 기다리거나 관리자에게 새 비밀번호 링크를 받으세요.',
    'Wait Retry-After seconds, or ask the administrator for a link to a new password.',
  ),
  'session.none': code(
    401,
    '로그인하세요. 프로그램은 Authorization: Bearer 로 키를 보내세요.',
    'Sign in. A program sends its key as Authorization: Bearer.',
  ),
  'session.refused': code(
    401,
    '이메일과 비밀번호를 확인하거나 관리자에게 새 링크를 받으세요.',
    'Check the e-mail and the password, or ask the administrator for a new link.',
  ),
  'shipment.unknown': code(404, '화물의 id 를 문제에서 확인하세요.', 'Check the id of the shipment in the problem.'),
  'streams.tooMany': code(
    429,
    '보지 않는 화면이나 연결을 닫으세요. 한도는 GET /api/limits 에 있습니다.',
    'Close pages and connections that nobody watches. The limits are at GET /api/limits.',
  ),
  'travel.place': code(422, 'issues 에 적힌 장소의 좌표를 고치세요.', 'Correct the coordinates of the sites named.'),
  'travel.unavailable': code(503, '잠시 뒤에 다시 시도하세요.', 'Try again later.'),
  'tiles.none': code(
    404,
    'serve --tiles FILE.pmtiles 로 시작하면 거리를 그립니다.',
    'Start with serve --tiles FILE.pmtiles to have streets drawn.',
  ),
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
