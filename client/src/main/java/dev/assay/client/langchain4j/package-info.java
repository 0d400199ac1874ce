/** Reports the calls of LangChain4j's chat models. Needs {@code langchain4j-core}, which an application of it has. */
@NullMarked
package dev.assay.client.langchain4j;

import org.jspecify.annotations.NullMarked;
