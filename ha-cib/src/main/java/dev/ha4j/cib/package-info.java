/** Reads and writes CIB XML: {@link dev.ha4j.cib.CibReader}, {@link dev.ha4j.cib.CibWriter}. */
package dev.ha4j.cib;
