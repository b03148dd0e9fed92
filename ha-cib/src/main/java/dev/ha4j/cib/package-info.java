/** Reads CIB XML; {@link dev.ha4j.cib.CibReader} is the entry. */
package dev.ha4j.cib;
