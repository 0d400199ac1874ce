package dev.assay.quality.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.assay.quality.app.Gates.Case;
import org.junit.jupiter.api.Test;

class DatasetTextTest {
    @Test
    void readsJsonLines() {
        assertThat(DatasetText.jsonLines("""
                {"id":"a","input":"2+2?","expected":4}

                {"input":"3+3?","expected":"6","more":true}
                """)).containsExactly(new Case("a", "2+2?", "4"), new Case("3", "3+3?", "6"));
    }

    @Test
    void readsCsvWithQuotes() {
        assertThat(DatasetText.csv("\uFEFFExpected,input,id\r\n\"yes, \"\"sir\"\"\",\"two\nlines\",x\r\nno,plain,y"))
                .containsExactly(new Case("x", "two\nlines", "yes, \"sir\""), new Case("y", "plain", "no"));
    }

    @Test
    void namesTheLineAtFault() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatasetText.jsonLines("{\"input\":\"a\",\"expected\":\"b\"}\n{"))
                .withMessageContaining("line 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatasetText.jsonLines("{\"input\":\"a\"}"))
                .withMessageContaining("line 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatasetText.csv("input,expected\na,b,c"))
                .withMessageContaining("record 1");
        assertThatIllegalArgumentException().isThrownBy(() -> DatasetText.csv("a,b\n1,2"));
        assertThatIllegalArgumentException().isThrownBy(() -> DatasetText.csv("input,expected\n\"a,b"));
        assertThatIllegalArgumentException().isThrownBy(() -> DatasetText.jsonLines(" "));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatasetText.csv("id,input,expected\nx,a,b\nx,c,d"))
                .withMessageContaining("twice: x");
    }
}
