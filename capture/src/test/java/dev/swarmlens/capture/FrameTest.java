package dev.swarmlens.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swarmlens.codecs.LinkType;
import org.junit.jupiter.api.Test;

class FrameTest {
    @Test
    void newFrameIsEmpty() {
        Frame frame = new Frame();
        assertThat(frame.capturedLength()).isZero();
        assertThat(frame.hasTime()).isFalse();
        assertThat(frame.number()).isZero();
    }

    @Test
    void otherBytesTakeTheTimeAway() {
        Frame frame = new Frame();
        frame.setTime(5);
        frame.setInterface(1, 2);
        frame.setPlace(3, 4);
        assertThat(frame.hasTime()).isTrue();
        byte[] bytes = {1, 2, 3};
        frame.set(bytes, 1, 3, 99, LinkType.RAW);
        assertThat(frame.bytes()).isSameAs(bytes);
        assertThat(frame.start()).isEqualTo(1);
        assertThat(frame.end()).isEqualTo(3);
        assertThat(frame.wireLength()).isEqualTo(99);
        assertThat(frame.linkType()).isEqualTo(LinkType.RAW);
        assertThat(frame.hasTime()).isFalse();
        assertThat(frame.interfaceId()).isEqualTo(1);
        assertThat(frame.interfaceIndex()).isEqualTo(2);
        assertThat(frame.number()).isEqualTo(3);
        assertThat(frame.offset()).isEqualTo(4);
    }

    @Test
    void bytesMustBeInTheArray() {
        assertThatThrownBy(() -> new Frame().set(new byte[3], 1, 4, 3, LinkType.RAW))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void capturePointPrintsItsInterfaceIfItHasOne() {
        assertThat(new CapturePoint("worker1", "eth1")).hasToString("worker1/eth1");
        assertThat(new CapturePoint("worker1", null)).hasToString("worker1");
        assertThatThrownBy(() -> new CapturePoint(null, "eth1")).isInstanceOf(NullPointerException.class);
    }
}
