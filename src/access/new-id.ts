/**
 * An id in the order of time (UUID version 7): what is registered together lies together in every table and index, and a range of
 * households is a stretch of each. 74 random bits: nobody guesses another's.
 */
export { v7 as newId } from 'uuid';
