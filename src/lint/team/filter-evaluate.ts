/** What a filter says of one value. Members are own members only, and reading a member of nothing gives nothing instead of failing. */
import { isList, isObject } from '../../openapi/values.ts'
import type { FilterNode, MethodName, Operator, ScopeName } from './filter-expression.ts'

export type FilterScope = Readonly<Record<ScopeName, unknown>>

/** Texts are matched on their beginning only; together with safe expressions this bounds the time. */
const longestText = 10_000

/** True when the filter accepts. Never throws. */
export function accepts(filter: FilterNode, scope: FilterScope): boolean {
  return Boolean(evaluate(filter, scope))
}

function evaluate(node: FilterNode, scope: FilterScope): unknown {
  switch (node.kind) {
    case 'literal':
      return node.value
    case 'regex':
      return node.regex
    case 'list':
      return node.items.map((item) => evaluate(item, scope))
    case 'scope':
      return scope[node.name]
    case 'member':
      return memberOf(evaluate(node.object, scope), evaluate(node.key, scope))
    case 'typeName':
      return typeName(evaluate(node.object, scope))
    case 'call':
    case 'not':
    case 'minus':
    case 'choice':
    case 'binary':
      return calculate(node, scope)
  }
}

function calculate(node: Extract<FilterNode, { kind: 'call' | 'not' | 'minus' | 'choice' | 'binary' }>, scope: FilterScope): unknown {
  switch (node.kind) {
    case 'call':
      return call(node.method, evaluate(node.object, scope), node.argument === null ? undefined : evaluate(node.argument, scope))
    case 'not':
      return !truthy(evaluate(node.operand, scope))
    case 'minus':
      return -Number(scalar(evaluate(node.operand, scope)))
    case 'choice':
      return evaluate(truthy(evaluate(node.test, scope)) ? node.then : node.otherwise, scope)
    case 'binary':
      return binary(node, scope)
  }
}

function binary(node: Extract<FilterNode, { kind: 'binary' }>, scope: FilterScope): unknown {
  const left = evaluate(node.left, scope)
  if (node.operator === '&&') return truthy(left) ? evaluate(node.right, scope) : left
  if (node.operator === '||') return truthy(left) ? left : evaluate(node.right, scope)
  return operate(node.operator, left, evaluate(node.right, scope))
}

function truthy(value: unknown): boolean {
  return Boolean(value)
}

function operate(operator: Exclude<Operator, '&&' | '||'>, left: unknown, right: unknown): unknown {
  switch (operator) {
    case '===':
      return left === right
    case '!==':
      return left !== right
    case '==':
      return looselyEqual(left, right)
    case '!=':
      return !looselyEqual(left, right)
    case '+':
      return sum(left, right)
    case '-':
      return Number(scalar(left)) - Number(scalar(right))
    case '<':
    case '>':
    case '<=':
    case '>=':
      return ordered(operator, left, right)
  }
}

function sum(left: unknown, right: unknown): number | string {
  return typeof left === 'number' && typeof right === 'number' ? left + right : `${scalar(left)}${scalar(right)}`
}

function ordered(operator: '<' | '>' | '<=' | '>=', left: unknown, right: unknown): boolean {
  const texts = typeof left === 'string' && typeof right === 'string'
  const [a, b] = texts ? [left, right] : [Number(scalar(left)), Number(scalar(right))]
  return operator === '<' ? a < b : operator === '>' ? a > b : operator === '<=' ? a <= b : a >= b
}

/** JavaScript's `==` for scalars; objects are equal to themselves only, so that nothing of theirs is called. */
function looselyEqual(left: unknown, right: unknown): boolean {
  if (left === null || left === undefined) return right === null || right === undefined
  if (right === null || right === undefined) return false
  if (typeof left === typeof right || typeof left === 'object' || typeof right === 'object') return left === right
  return Number(scalar(left)) === Number(scalar(right))
}

/** A text to calculate with; objects give none. */
function scalar(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

function memberOf(object: unknown, key: unknown): unknown {
  if (typeof key !== 'string') return undefined
  if (typeof object === 'string' || isList(object))
    return key === 'length' ? object.length : /^\d{1,9}$/.test(key) ? object[Number(key)] : undefined
  return isObject(object) && Object.hasOwn(object, key) ? object[key] : undefined
}

function typeName(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined
  if (isList(value)) return 'Array'
  const name = typeof value
  return name.charAt(0).toUpperCase() + name.slice(1)
}

function call(method: MethodName, object: unknown, argument: unknown): unknown {
  if (object instanceof RegExp) return method === 'test' && typeof argument === 'string' && object.test(argument.slice(0, longestText))
  if (isList(object)) return method === 'includes' ? object.includes(argument) : method === 'indexOf' ? object.indexOf(argument) : undefined
  return typeof object === 'string' ? callText(method, object, argument) : undefined
}

function callText(method: MethodName, text: string, argument: unknown): unknown {
  const other = scalar(argument)
  switch (method) {
    case 'match':
      return argument instanceof RegExp && argument.test(text.slice(0, longestText))
    case 'test':
      return undefined
    case 'includes':
      return text.includes(other)
    case 'startsWith':
      return text.startsWith(other)
    case 'endsWith':
      return text.endsWith(other)
    case 'indexOf':
      return text.indexOf(other)
    case 'toLowerCase':
      return text.toLowerCase()
    case 'toUpperCase':
      return text.toUpperCase()
    case 'trim':
      return text.trim()
  }
}
