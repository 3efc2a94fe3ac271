/** What findIssues says, by code: [what is wrong, what to do], in Korean and English. `{name}` is filled in. */
import type { Precision } from './problem.ts'

export const LOCALES = ['ko', 'en'] as const
export type Locale = (typeof LOCALES)[number]

interface Words {
  readonly severity: 'error' | 'warning'
  readonly ko: readonly [message: string, remedy: string]
  readonly en: readonly [message: string, remedy: string]
}
const error = (ko: Words['ko'], en: Words['en']): Words => ({ severity: 'error', ko, en })
const warning = (ko: Words['ko'], en: Words['en']): Words => ({ severity: 'warning', ko, en })

export const ISSUE_WORDS = {
  // shape of the document
  'problem.notObject': error(
    ['문제 파일의 형식이 아닙니다.', '이름, 장소, 기업, 화물, 차량, 운임표를 담은 JSON 객체를 보내 주세요.'],
    ['This is not a problem document.', 'Send a JSON object with name, sites, firms, shipments, vehicles and tariffs.'],
  ),
  'document.notObject': error(
    ['JSON 객체가 아닙니다.', '{ 로 시작하는 JSON 객체를 적어 주세요.'],
    ['This is not a JSON object.', 'Write a JSON object that begins with {.'],
  ),
  'text.character': error(
    ['글자가 아닌 것이 들어 있습니다: {found}', 'NUL 이나 반쪽 문자를 지우고 다시 적어 주세요.'],
    ['The text holds what is no character: {found}', 'Remove the NUL or the half of a character and write it again.'],
  ),
  'field.missing': error(
    ['‘{field}’ 항목이 없습니다.', '항목을 더해 주세요.'],
    ['The field “{field}” is missing.', 'Add it.'],
  ),
  'field.unknown': error(
    ['알 수 없는 항목입니다: ‘{field}’', '철자를 확인하거나 지워 주세요. 쓸 수 있는 항목: {allowed}'],
    ['The field “{field}” is not known.', 'Check its spelling or remove it. Known here: {allowed}'],
  ),
  'field.type': error(
    ['값의 종류가 맞지 않습니다. 필요한 종류: {expected}, 받은 값: {found}', '값의 종류를 맞추어 적어 주세요.'],
    ['Expected {expected}, found {found}.', 'Write it as {expected}.'],
  ),
  'field.choice': error(
    ['쓸 수 없는 값입니다: {found}', '다음 가운데 하나로 적어 주세요: {allowed}'],
    ['The value {found} cannot be used.', 'Use one of: {allowed}'],
  ),
  'field.invalid': error(
    ['값이 맞지 않습니다: {found}', '형식 설명을 확인해 주세요({detail}).'],
    ['The value {found} does not fit.', 'See the format: {detail}.'],
  ),
  'number.notFinite': error(
    ['숫자가 아닌 값(NaN 또는 무한대)입니다.', '숫자를 적거나 항목을 지워 주세요.'],
    ['This is not a finite number.', 'Write a number, or remove the field.'],
  ),
  'number.tooSmall': error(
    ['{found}: 최솟값 {limit}보다 작습니다.', '{limit} 이상으로 적어 주세요.'],
    ['{found} is below the least value {limit}.', 'Write {limit} or more.'],
  ),
  'number.tooLarge': error(
    ['{found}: 최댓값 {limit}보다 큽니다.', '{limit} 이하로 적어 주세요. 단위도 확인해 주세요.'],
    ['{found} is above the largest value {limit}.', 'Write {limit} or less; check the unit too.'],
  ),
  'text.tooShort': error(
    ['비어 있거나 너무 짧습니다.', '{limit}자 이상 적어 주세요.'],
    ['The text is empty or too short.', 'Write {limit} characters or more.'],
  ),
  'text.tooLong': error(
    ['글자 수가 {found}자로 한도 {limit}자를 넘습니다.', '{limit}자 이하로 줄여 주세요.'],
    ['The text has {found} characters; the limit is {limit}.', 'Shorten it.'],
  ),
  'list.tooShort': error(
    ['목록에 {found}개가 있습니다. {limit}개 이상이어야 합니다.', '빠진 것을 더해 주세요.'],
    ['The list has {found} entries; it needs {limit} or more.', 'Add what is missing.'],
  ),
  'window.form': error(
    ['시간대는 여는 시각과 닫는 시각, 숫자 두 개입니다.', '[28800, 43200]처럼 초 단위로 적어 주세요.'],
    ['A window is two numbers, opening and closing.', 'Write it like [28800, 43200], in seconds.'],
  ),
  'issues.tooMany': error(
    ['형식에 맞지 않는 곳이 {limit}곳을 넘어 나머지는 보이지 않습니다.', '위의 것부터 고친 뒤 다시 확인해 주세요.'],
    ['More than {limit} places do not fit the format; the rest is not listed.', 'Mend those above and check again.'],
  ),
  // the day
  'startsAt.form': error(
    ['시작 시각을 읽을 수 없습니다: ‘{found}’', '2026-11-23T00:00:00+09:00처럼 시간대 차이까지 적어 주세요.'],
    ['The start “{found}” cannot be read.', 'Write it like 2026-11-23T00:00:00+09:00, offset included.'],
  ),
  'startsAt.notMidnight': warning(
    ['시작 시각이 {timeZone}의 자정이 아닙니다: ‘{found}’', '첫날 0시로 적어 주세요. 모든 시각을 여기서부터 셉니다.'],
    ['The start “{found}” is not midnight in {timeZone}.', 'Write 00:00 of the first day: all times count from it.'],
  ),
  'timeZone.unknown': error(
    ['알 수 없는 시간대입니다: ‘{found}’', 'Asia/Seoul처럼 IANA 이름으로 적어 주세요.'],
    ['The time zone “{found}” is not known.', 'Use an IANA name such as Asia/Seoul.'],
  ),
  // references
  'id.duplicate': error(
    ['{first}에 이미 있는 id입니다: ‘{found}’', '둘 가운데 하나의 id를 바꾸어 주세요.'],
    ['The id “{found}” is used by {first} already.', 'Change one of the two.'],
  ),
  'reference.unknown': error(
    ['{list}에 없는 id입니다: ‘{found}’', 'id를 고치거나 {list}에 더해 주세요.'],
    ['No entry of {list} has the id “{found}”.', 'Correct it, or add the entry to {list}.'],
  ),
  'tariff.kind': error(
    ['{vehicle} 차량에 {tariff} 운임표 ‘{found}’를 쓸 수 없습니다.', '{vehicle} 운임표를 가리키게 고쳐 주세요.'],
    ['A {vehicle} vehicle cannot use the {tariff} tariff “{found}”.', 'Point it to a {vehicle} tariff.'],
  ),
  'tariff.zoneUnreachable': warning(
    ['앞 구간이 이미 {before}까지 덮어 이 구간은 쓰이지 않습니다.', '구간을 가까운 거리부터 차례로 적어 주세요.'],
    ['An earlier zone covers this one (up to {before}), so it is never used.', 'List the zones from near to far.'],
  ),
  'vehicle.contractWithoutDepot': error(
    ['고정차 ‘{found}’의 {end} 장소가 없습니다.', '차고지로 쓸 장소의 id를 적어 주세요.'],
    ['The contract vehicle “{found}” has no {end} site.', 'Name the site where it is kept.'],
  ),
  // times
  'window.closesBeforeOpens': error(
    ['{open}에 열고 {close}에 닫습니다. 닫는 시각이 앞섭니다.', '두 시각을 맞바꾸어 주세요.'],
    ['Opens at {open} and closes at {close}: it closes before it opens.', 'Swap the two times.'],
  ),
  'shipments.none': warning(
    ['화물이 없습니다.', '계획할 화물을 더해 주세요.'],
    ['There are no shipments.', 'Add what is to be planned.'],
  ),
  'vehicles.none': warning(
    ['차량이 없습니다. 정기화물로 갈 수 없는 화물은 실을 수 없습니다.', '고정차나 용차를 더해 주세요.'],
    ['There are no vehicles: what terminal freight does not take cannot be carried.', 'Add contract or hired trucks.'],
  ),
  'vehicle.overPlate': warning(
    [
      '{truck} 차량에 적재중량 {found} kg은 많습니다. 차급의 기준은 {limit} kg입니다.',
      '등록증의 최대 적재량을 확인해 주세요. 단속의 허용 오차는 계획에 쓰지 않습니다.',
    ],
    [
      '{found} kg is much for a {truck} truck; its class carries {limit} kg.',
      'Check the payload on the plate. The tolerance of enforcement is not for planning.',
    ],
  ),
  'shift.overlap': error(
    ['차량의 운행 시간대 두 개가 겹칩니다.', '시간대를 나누거나, 차량이 여러 대면 count를 늘려 주세요.'],
    ['Two shifts of the vehicle overlap.', 'Part them, or raise count if there are several trucks.'],
  ),
  'driver.hired': warning(
    [
      '‘{found}’은(는) 용차입니다. 용차는 기사가 딸려 옵니다.',
      '기사의 vehicles에서 지우거나 고정차의 id를 적어 주세요.',
    ],
    ['“{found}” is a hired vehicle, which brings its own driver.', 'Remove it here, or name a contract vehicle.'],
  ),
  'vehicle.noDriver': warning(
    [
      '고정차 ‘{found}’의 {open}–{close} 시간대에 운전할 기사가 없어 노선을 줄 수 없습니다.',
      '기사를 더하거나, 기사의 vehicles와 shifts를 고쳐 주세요.',
    ],
    [
      'Nobody may drive the contract vehicle “{found}” from {open} to {close}, so it gets no route.',
      'Add a driver, or correct vehicles and shifts of one.',
    ],
  ),
  'shift.afterLastDay': warning(
    ['{open}에 시작하는 시간대는 계획 기간 {days}일의 뒤입니다.', 'days를 늘리거나 시간대를 고쳐 주세요.'],
    ['The shift from {open} begins after the last of the {days} days.', 'Raise days, or correct the shift.'],
  ),
  'shipment.readyAfterLastDay': warning(
    ['{ready}부터 실을 수 있는데, 계획 기간 {days}일의 뒤입니다.', 'days를 늘리거나 상차 가능 시각을 고쳐 주세요.'],
    ['Ready only at {ready}, after the last of the {days} days.', 'Raise days, or correct ready.'],
  ),
  'shipment.dueBeforeReady': error(
    ['{due}까지 도착해야 하는데 {ready}부터 실을 수 있습니다.', '상차 가능 시각과 도착 기한을 확인해 주세요.'],
    ['Due by {due}, but ready only at {ready}.', 'Check ready and due.'],
  ),
  'shipment.deliveryBeforeReady': error(
    ['하차 시간대가 {close}에 끝나는데 {ready}부터 실을 수 있습니다.', '상차 가능 시각과 하차 시간대를 확인해 주세요.'],
    ['The delivery windows end at {close}, but it is ready only at {ready}.', 'Check ready and the delivery windows.'],
  ),
  'shipment.noPickupTime': warning(
    [
      '상차할 수 있는 때가 없습니다. ‘{site}’의 운영 시간, 상차 시간대, 상차 가능 시각, 도착 기한이 서로 겹치지 않습니다.',
      '네 가지 시각을 확인해 주세요.',
    ],
    [
      'There is no moment to load: the hours of “{site}”, the pickup windows, ready and due have nothing in common.',
      'Check these four.',
    ],
  ),
  'shipment.noDeliveryTime': warning(
    [
      '하차할 수 있는 때가 없습니다. ‘{site}’의 운영 시간, 하차 시간대, 상차 가능 시각, 도착 기한이 서로 겹치지 않습니다.',
      '네 가지 시각을 확인해 주세요.',
    ],
    [
      'There is no moment to unload: the hours of “{site}”, the delivery windows, ready and due have nothing in common.',
      'Check these four.',
    ],
  ),
  'soft.half': error(
    [
      '희망 시간대에 ‘{field}’ 항목만 있고 ‘{missing}’ 항목이 없어 값을 매길 수 없습니다.',
      '‘{missing}’ 항목도 적거나 둘 다 지워 주세요.',
    ],
    ['The soft window has “{field}” without “{missing}”, so it prices nothing.', 'Add “{missing}”, or remove both.'],
  ),
  'soft.outside': warning(
    [
      '희망 시간대가 ‘{site}’에서 작업할 수 있는 시각과 겹치지 않아 언제 가도 값이 붙습니다.',
      '두 시간대를 확인해 주세요.',
    ],
    ['The soft window lies outside every time it can be served at “{site}”, so it always costs.', 'Check both.'],
  ),
  'balance.nobody': warning(
    ['균형을 맞출 고정차가 없습니다.', 'balance에 vehicles로 차량을 적거나 항목을 지워 주세요.'],
    ['There is no contract vehicle to balance.', 'Name vehicles in balance, or leave it out.'],
  ),
  // goods
  'shipment.sameSite': error(
    ['출발지와 도착지가 같습니다: ‘{found}’', '둘 가운데 하나를 고쳐 주세요.'],
    ['It goes from “{found}” to the same site.', 'Correct one of the two.'],
  ),
  'shipment.pieceHeavier': error(
    ['가장 무거운 단품 {piece} kg이 전체 중량 {weight} kg보다 무겁습니다.', '두 값을 확인해 주세요.'],
    ['Its heaviest piece, {piece} kg, is heavier than the shipment, {weight} kg.', 'Check the two weights.'],
  ),
  'shipment.noMode': warning(
    [
      '쓸 수 있는 운송 수단이 하나도 없어 나를 수 없습니다.',
      'modes를 비우거나 route, hired, terminal 가운데에서 적어 주세요.',
    ],
    ['No mode is allowed, so it cannot be carried.', 'Leave modes out, or list route, hired or terminal.'],
  ),
  'shipment.tooFewParts': warning(
    [
      '한 번에 실을 차량이 없습니다. {parts}건으로 나누어야 하는데 maxParts는 {allowed}입니다.',
      'maxParts를 {parts}(으)로 적거나 더 큰 차량을 더해 주세요.',
    ],
    [
      'No truck takes it whole; it would fit in {parts} parts, and maxParts is {allowed}.',
      'Set maxParts to {parts}, or add a larger truck.',
    ],
  ),
  'shipment.onePiece': warning(
    [
      '한 번에 실을 차량이 없고, 한 덩어리 {weight} kg이라 maxParts로도 나눌 수 없습니다.',
      'pieceKg에 가장 무거운 단품의 무게를 적거나 더 큰 차량을 더해 주세요.',
    ],
    [
      'No truck takes it, and as one piece of {weight} kg it cannot be split whatever maxParts says.',
      'Give the heaviest piece in pieceKg, or add a larger truck.',
    ],
  ),
  'shipment.partId': error(
    ['나눈 화물의 이름이 될 ‘{found}’을(를) 다른 화물이 쓰고 있습니다.', '그 화물의 id를 바꾸어 주세요.'],
    ['Another shipment has the id “{found}”, which a part of this one would have.', 'Change the id of that one.'],
  ),
  'shipment.tooHeavy': warning(
    [
      '{weight} kg을 실을 차량이 없습니다. 가장 큰 차량은 {largest} kg까지입니다.',
      '화물을 나누거나 더 큰 차량을 더해 주세요.',
    ],
    ['No truck takes {weight} kg; the largest takes {largest} kg.', 'Split the shipment or add a larger truck.'],
  ),
  'shipment.tooBulky': warning(
    ['부피나 파렛트 수가 모든 차량의 적재함을 넘습니다.', '화물을 나누거나 더 큰 차량을 더해 주세요.'],
    ['Its volume or pallets pass the bed of every truck.', 'Split the shipment or add a larger truck.'],
  ),
  'shipment.noGear': warning(
    [
      '‘{site}’에서 {piece} kg 단품을 들 장비가 장소에도 차량에도 없습니다.',
      '장비와 한도를 확인하거나 크레인 차량을 더해 주세요.',
    ],
    [
      'Nothing at “{site}”, nor on any truck, lifts a piece of {piece} kg.',
      'Check gear and limits, or add a crane truck.',
    ],
  ),
  'shipment.truckBarred': warning(
    [
      '이 화물을 실을 수 있는 차량은 모두 ‘{from}’ 또는 ‘{to}’에 들어가지 못하거나 장비가 맞지 않습니다.',
      '진입 가능 톤급과 장비를 확인해 주세요.',
    ],
    [
      'Each truck that could take it is too large for “{from}” or “{to}”, or lacks the gear.',
      'Check the largest truck and the gear of both sites.',
    ],
  ),
  // company
  'mixing.unused': warning(
    ['혼적 종류가 ‘{found}’인 화물이 없습니다.', '철자를 확인하거나 이 쌍을 지워 주세요.'],
    ['No shipment is of the mixing class “{found}”.', 'Check its spelling, or take the pair out.'],
  ),
  'company.twice': error(
    ['‘{found}’ 화물이 한 묶음에 두 번 적혀 있습니다.', '하나를 지워 주세요.'],
    ['The shipment “{found}” is listed twice in one set.', 'Take one of them out.'],
  ),
  'shipment.rideGap': warning(
    [
      '상차는 늦어도 {pickup}에 끝나고 하차는 빨라도 {delivery}에 시작되어 {limit}초보다 오래 실려 있습니다.',
      '시간대와 maxOnBoardS를 확인해 주세요.',
    ],
    [
      'It is loaded by {pickup} at the latest and unloaded from {delivery} on: longer on board than {limit} s.',
      'Check the windows and maxOnBoardS.',
    ],
  ),
  'shipment.rideTooShort': warning(
    ['길이 {found}초 걸려 {limit}초 안에 내릴 수 없습니다.', 'maxOnBoardS가 초 단위인지 확인해 주세요.'],
    ['The road takes {found} s, longer than the {limit} s it may be on board.', 'Check maxOnBoardS; it is in seconds.'],
  ),
  'together.alone': error(
    ['‘{found}’ 화물은 단독 운송인데 다른 화물과 함께 실으라고 되어 있습니다.', '둘 가운데 하나를 지워 주세요.'],
    ['The shipment “{found}” must go alone, and together with others.', 'Take one of the two demands back.'],
  ),
  'together.parts': error(
    [
      '‘{found}’ 화물은 나누어 실을 수 있는데 다른 화물과 한 노선에 함께 실으라고 되어 있습니다.',
      'maxParts나 함께 실으라는 조건 가운데 하나를 지워 주세요.',
    ],
    ['The shipment “{found}” may be split, and must ride with others on one route.', 'Remove maxParts, or the group.'],
  ),
  'together.noRoute': error(
    [
      '‘{found}’ 화물은 노선 운송이 허용되지 않는데 함께 실으라고 되어 있습니다.',
      'modes에 route를 더하거나 묶음에서 빼 주세요.',
    ],
    [
      'The shipment “{found}” may not ride on a route, but is to share one.',
      'Add route to its modes, or take it out of the group.',
    ],
  ),
  'apart.together': error(
    [
      '‘{first}’ 화물과 ‘{second}’ 화물은 함께 실어야 하면서 따로 실어야 합니다.',
      'together와 apart 가운데 하나에서 빼 주세요.',
    ],
    [
      'The shipments “{first}” and “{second}” are to ride together and apart.',
      'Take them out of together or of apart.',
    ],
  ),
  // places
  'coordinates.swapped': error(
    ['위도와 경도가 서로 바뀐 것 같습니다(위도 {lat}, 경도 {lng}).', '두 값을 맞바꾸어 주세요.'],
    ['Latitude and longitude look swapped (latitude {lat}, longitude {lng}).', 'Swap the two values.'],
  ),
  'coordinates.outsideKorea': warning(
    ['‘{site}’의 좌표(위도 {lat}, 경도 {lng})가 우리나라 밖입니다.', '좌표를 확인해 주세요.'],
    ['“{site}” (latitude {lat}, longitude {lng}) lies outside Korea.', 'Check its coordinates.'],
  ),
  'coordinates.otherGwangju': warning(
    ['‘{site}’의 위치가 경기도 광주시입니다. 광주광역시를 뜻한 것 같습니다.', '주소와 좌표를 확인해 주세요.'],
    [
      '“{site}” lies in Gwangju-si of Gyeonggi Province (경기 광주시); Gwangju Metropolitan City (광주광역시) was probably meant.',
      'Check its address and coordinates.',
    ],
  ),
  'coordinates.guess': warning(
    [
      '‘{site}’의 위치는 추정입니다({how}). 주소의 번지를 찾지 못했습니다.',
      '장소 화면(#places)이나 milkrun places 로 지도에 놓은 뒤 다시 읽어 주세요.',
    ],
    [
      'The position of “{site}” is a guess ({how}): its number was not found.',
      'Place it on the screen of places (#places) or with milkrun places, then import again.',
    ],
  ),
  'businessNumber.form': warning(
    ['사업자등록번호의 검증 숫자가 맞지 않습니다: ‘{found}’', '열 자리 번호를 확인해 주세요.'],
    ['The check digit of the business number “{found}” is wrong.', 'Check the ten digits.'],
  ),
  // travel
  'travel.tableSize': error(
    ['칸이 {found}개입니다. 장소 {sites}곳이면 {expected}개여야 합니다.', '장소 순서대로 모든 쌍의 값을 적어 주세요.'],
    ['{found} cells; {sites} sites need {expected}.', 'Give every pair, in the order of the sites.'],
  ),
  'travel.cell': error(
    [
      '{count}칸의 값이 0 이상의 정수가 아닙니다. 첫 칸: {from} → {to}, {found}',
      '초, 미터, 원을 정수로 적어 주세요. 다른 장소로 이어지는 길이 없으면 -1을 적으세요.',
    ],
    [
      '{count} cells are no whole numbers from 0; the first is {from} → {to}: {found}.',
      'Write whole seconds, metres and won, or -1 where no road leads to another site.',
    ],
  ),
  'travel.halfRoad': error(
    [
      '{count}칸은 길이 없다는 -1이 일부 표에만 있습니다. 첫 칸: {from} → {to}',
      '길이 없으면 초, 미터, 원에 모두 -1을, 있으면 모두 값을 적어 주세요.',
    ],
    [
      '{count} cells are -1, no road, in some of the lists only; the first is {from} → {to}.',
      'Write -1 for seconds, metres and won alike where there is no road, and figures where there is one.',
    ],
  ),
  'travel.sliceEndsBeforeBegin': error(
    ['시간대가 {from}에 시작해 {to}에 끝납니다.', '자정을 넘는 시간대는 둘로 나누어 적어 주세요.'],
    ['The slice begins at {from} and ends at {to}.', 'Write a slice that goes over midnight as two.'],
  ),
  'travel.slicesMeet': error(
    ['시간대 {from}–{to}가 {until}에 끝나는 {before}와 겹칩니다.', '시각 순서대로, 겹치지 않게 적어 주세요.'],
    ['The slice {from}–{to} overlaps {before}, which ends at {until}.', 'List slices in order of time, apart.'],
  ),
  'tollDiscounts.travelGiven': warning(
    [
      '이동 시간과 거리가 함께 주어져 통행료 할인을 따로 셈하지 않습니다.',
      '할인을 셈하려면 travel을 빼고, 아니면 tollDiscounts를 빼 주세요.',
    ],
    [
      'Travel figures come with the problem, so toll discounts are not counted.',
      'Leave out travel to have them counted, or else leave out tollDiscounts.',
    ],
  ),
  'travel.truckMissing': error(
    ['{truck} 차량의 이동 시간과 거리가 없습니다.', '이 톤급의 표를 더하거나 다른 표의 trucks에 넣어 주세요.'],
    ['There are no travel figures for {truck} trucks.', 'Add a table, or list the class in the trucks of another.'],
  ),
  'travel.truckTwice': error(
    ['{truck} 톤급이 {first}에도 있습니다.', '한 표에만 두어 주세요.'],
    ['The class {truck} is in {first} too.', 'Keep it in one table.'],
  ),
} satisfies Record<string, Words>

export type IssueCode = keyof typeof ISSUE_WORDS

/** Names of JSON types, for people. */
export const TYPE_WORDS: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  ko: {
    string: '글자',
    number: '숫자',
    integer: '정수',
    boolean: 'true/false',
    array: '목록',
    object: '객체',
    null: 'null',
  },
  en: {
    string: 'text',
    number: 'a number',
    integer: 'a whole number',
    boolean: 'true or false',
    array: 'a list',
    object: 'an object',
    null: 'null',
  },
}

/** How near the door a point is, for people. */
export const PRECISION_WORDS: Readonly<Record<Locale, Readonly<Record<Precision, string>>>> = {
  ko: { building: '건물', parcel: '지번', road: '도로의 한 점', dong: '읍·면·동의 한 점', sigungu: '시·군·구의 한 점' },
  en: {
    building: 'building',
    parcel: 'parcel',
    road: 'somewhere on its road',
    dong: 'middle of its dong',
    sigungu: 'middle of its city or county',
  },
}

/** Fills `{name}` of a template. A name without a value leaves nothing. */
export const fillWords = (template: string, values: Readonly<Record<string, string | number>>): string =>
  template.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
